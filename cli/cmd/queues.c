// SPDX-License-Identifier: GPL-2.0-only
/* queues: one line for each queue. */
#include <stdlib.h>
#include <string.h>

#include "context/command.h"
#include "context/error.h"
#include "context/queue-columns.h"
#include "context/reading.h"
#include "context/select.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"
#include "lib/words.h"
#include "output/queue-rows.h"
#include "output/render.h"

enum queue_column {
#define X(name, key, heading, kind)	COLUMN_##name,
	QUEUE_COLUMNS(X)
#undef X
	COLUMN_NR
};

static const struct column columns[COLUMN_NR] = {
#define X(name, key, heading, kind)	[COLUMN_##name] = { heading, key, COLUMN_##kind },
	QUEUE_COLUMNS(X)
#undef X
};

/* The columns that were asked for, in that order. */
struct queue_table {
	struct queue_rows rows;
	enum queue_column at[COLUMN_NR];
	struct column columns[COLUMN_NR];
	unsigned int nr;
};

static void add_word(struct text *text, const char *word)
{
	text_add(text, word && *word ? word : "-");
}

static void add_number(struct text *text, long number)
{
	if (number < 0)
		text_add(text, "-");
	else
		text_addf(text, "%ld", number);
}

static void fill_cell(const struct queue_rows *rows, enum queue_column column,
		      unsigned int apid, unsigned int apqi, struct text *cell)
{
	const struct snapshot *snap = rows->apm->snap;
	const struct queue_detail *detail =
		snap->details ? &snap->details[apid * APM_MATRIX_IDS + apqi] : NULL;
	const struct matrix *owner = queue_owner(&rows->view, apid, apqi);
	enum queue_status status = queue_status(&rows->view, apid, apqi);
	const struct card *card = &snap->cards[apid];
	bool present = snapshot_queue(snap, apid, apqi)->present;
	char apqn[APM_APQN_TEXT_LEN];

	switch (column) {
	case COLUMN_APQN:
		apm_apqn_format(apid, apqi, apqn);
		text_addn(cell, apqn, sizeof(apqn));
		break;
	case COLUMN_TYPE:
		add_word(cell, card->type ? card->type : card_generation(card));
		break;
	case COLUMN_MODE:
		add_word(cell, card_mode(card));
		break;
	case COLUMN_DRIVER:
		add_word(cell, queue_driver(&rows->view, apid, apqi));
		break;
	case COLUMN_STATUS:
		text_add(cell, queue_status_word(status));
		break;
	case COLUMN_OWNER:
		add_word(cell, owner ? matrix_title(owner) : NULL);
		break;
	case COLUMN_REASON:
		add_word(cell, status == QUEUE_MISSING ?
			 queue_verdict(&rows->view, apid, apqi).word : card_trouble(card));
		break;
	case COLUMN_REQUESTS:
		add_number(cell, present && detail ? detail->requests : -1);
		break;
	case COLUMN_PENDING:
		add_number(cell, present && detail ? detail->pending : -1);
		break;
	case COLUMN_FUNCTIONS:
		if (card->functions)
			text_addf(cell, "0x%08lx", card->functions);
		else
			text_add(cell, "-");
		break;
	case COLUMN_KEYS:
		add_word(cell, detail ? detail->keys : NULL);
		break;
	case COLUMN_NR:
		break;
	}
}

static enum paint fill_row(void *ctx, size_t row, struct text *cells)
{
	static const enum paint paints[QUEUE_STATUS_NR] = {
		[QUEUE_HOST] = PAINT_FAINT,
		[QUEUE_UNBOUND] = PAINT_WARN,
		[QUEUE_IN_GUEST] = PAINT_GOOD,
		[QUEUE_MISSING] = PAINT_BAD,
	};
	const struct queue_table *table = ctx;
	const struct queue_rows *rows = &table->rows;
	unsigned int apid = rows->apqns[row] / APM_MATRIX_IDS;
	unsigned int apqi = rows->apqns[row] % APM_MATRIX_IDS;
	unsigned int i;

	for (i = 0; i < table->nr; i++)
		fill_cell(rows, table->at[i], apid, apqi, &cells[i]);
	return paints[queue_status(&rows->view, apid, apqi)];
}

static int column_by_key(const char *key, size_t len)
{
	int i;

	for (i = 0; i < COLUMN_NR; i++) {
		if (strlen(columns[i].key) == len && !memcmp(columns[i].key, key, len))
			return i;
	}
	return -1;
}

/* --columns, or the ones without details; false after an error. */
static bool choose_columns(struct apmatrix *apm, struct queue_table *table)
{
	const char *at = apm->value[OPT_COLUMNS];
	unsigned int i;

	for (i = 0; !at && i < COLUMN_REQUESTS; i++)
		table->at[table->nr++] = i;
	while (at && *at) {
		size_t len = strcspn(at, ",");
		int column = column_by_key(at, len);

		for (i = 0; column >= 0 && i < table->nr; i++) {
			if ((int)table->at[i] == column)
				column = -1;
		}
		if (column < 0) {
			problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
						  "--columns: unknown or repeated column \"%.*s\"",
						  (int)len, at),
				     "columns: %s", option_descs[OPT_COLUMNS].words);
			return false;
		}
		table->at[table->nr++] = (enum queue_column)column;
		at += len + (at[len] == ',');
	}
	for (i = 0; i < table->nr; i++)
		table->columns[i] = columns[table->at[i]];
	if (!table->nr)
		report_error(apm, EXIT_CODE_USAGE, 0, "--columns: no column");
	return table->nr > 0;
}

/* A row's place in the order: its cell, or its number. */
struct sort_key {
	uint16_t apqn;
	long number;
	char *word;
};

static int compare_keys(const void *a, const void *b)
{
	const struct sort_key *one = a, *other = b;
	int order = one->number < other->number ? -1 : one->number > other->number;

	if (!order)
		order = strcmp(one->word, other->word);
	return order ? order : (int)one->apqn - (int)other->apqn;
}

static void sort_rows(const struct apmatrix *apm, struct queue_rows *rows)
{
	const char *name = apm->value[OPT_SORT];
	int column = name ? column_by_key(name, strlen(name)) : -1;
	struct sort_key *keys;
	size_t i;

	if (column < 0)
		return;
	keys = xcalloc(rows->nr + 1, sizeof(*keys));
	for (i = 0; i < rows->nr; i++) {
		struct text cell = { 0 };

		fill_cell(rows, (enum queue_column)column, rows->apqns[i] / APM_MATRIX_IDS,
			  rows->apqns[i] % APM_MATRIX_IDS, &cell);
		keys[i].apqn = rows->apqns[i];
		if (columns[column].kind == COLUMN_NUMBER)
			keys[i].number = str_is(text_str(&cell), "-") ? -1 :
					 strtol(text_str(&cell), NULL, 10);
		keys[i].word = xstrdup(columns[column].kind == COLUMN_NUMBER ? "" :
				       text_str(&cell));
		text_free(&cell);
	}
	qsort(keys, rows->nr, sizeof(*keys), compare_keys);
	for (i = 0; i < rows->nr; i++) {
		rows->apqns[i] = keys[i].apqn;
		free(keys[i].word);
	}
	free(keys);
}

static void text(struct apmatrix *apm, FILE *out)
{
	struct queue_table queues = { 0 };
	struct table table = {
		.columns = queues.columns, .row = fill_row, .ctx = &queues,
	};

	if (!choose_columns(apm, &queues))
		return;
	queue_rows_begin(&queues.rows, apm);
	sort_rows(apm, &queues.rows);
	table.nr_columns = queues.nr;
	table.nr_rows = queues.rows.nr;
	render_table(apm, &table, out);
	queue_rows_end(&queues.rows);
}

/* Three files for each queue: only if one of these columns is asked for. */
static void read_details(struct apmatrix *apm, const struct queue_table *table)
{
	unsigned int apid, apqi, i;
	bool wanted = false;

	for (i = 0; i < table->nr; i++)
		wanted |= table->at[i] >= COLUMN_REQUESTS && table->at[i] != COLUMN_FUNCTIONS;
	i = (unsigned int)column_by_key(apm->given[OPT_SORT] ? apm->value[OPT_SORT] : "",
					apm->given[OPT_SORT] ? strlen(apm->value[OPT_SORT]) : 0);
	wanted |= i == COLUMN_REQUESTS || i == COLUMN_PENDING || i == COLUMN_KEYS;
	if (!wanted)
		return;
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (snapshot_queue(apm->snap, apid, apqi)->present)
				read_queue_detail(&apm->fs, apm->snap, apid, apqi);
		}
	}
}

static int run(struct apmatrix *apm)
{
	const char *of = apm->value[OPT_OF];
	struct queue_table table = { 0 };
	size_t i;

	if (!choose_columns(apm, &table))
		return EXIT_CODE_USAGE;
	read_all(apm);
	if (of && !words_have(option_descs[OPT_OF].words, of) && !select_matrix(apm, of))
		return EXIT_CODE_NOT_FOUND;
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, NULL);
	read_details(apm, &table);
	for (i = 0; i < apm->snap->nr_matrices; i++) {
		if (matrix_missing(&apm->snap->matrices[i]) > 0)
			read_reasons(&apm->fs, apm->snap, &apm->snap->matrices[i]);
	}
	apm->report.queues = true;
	return EXIT_CODE_OK;
}

static const enum option options[] = {
	OPT_FREE, OPT_UNBOUND, OPT_OF, OPT_COLUMNS, OPT_SORT, OPT_NR
};

const struct command cmd_queues = {
	.name = "queues",
	.group = GROUP_LOOK,
	.operands = "",
	.summary = "list queues and their users",
	.description =
"STATUS is host (a driver of the host has it), unbound (no driver has it), free\n"
"(vfio_ap has it, no matrix does), assigned (its matrix could give it to a\n"
"guest), in-guest, or missing (withheld from guests, for the REASON).\n"
"requests, pending and mkvp (master keys) are known while a driver of the host has\n"
"the queue.",
	.options = options,
	.formats = "table|json|jsonl|pairs|csv",
	.examples =
"  apmatrix queues --free\n"
"  apmatrix queues --of web1\n"
"  apmatrix queues --columns apqn,requests,mkvp --sort requests\n"
"  apmatrix queues --json | jq -r '.queues[] | select(.status == \"missing\") | .apqn'",
	.run = run,
	.text = text,
};
