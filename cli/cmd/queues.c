// SPDX-License-Identifier: GPL-2.0-only
/* queues: one line for each queue. */
#include <stdlib.h>
#include <string.h>

#include "context/command.h"
#include "context/reading.h"
#include "context/select.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"
#include "output/queue-rows.h"
#include "output/render.h"

enum queue_column {
	COLUMN_APQN,
	COLUMN_TYPE,
	COLUMN_MODE,
	COLUMN_DRIVER,
	COLUMN_STATUS,
	COLUMN_OWNER,
	COLUMN_REASON,
	COLUMN_NR
};

static const struct column columns[COLUMN_NR] = {
	[COLUMN_APQN] = { "QUEUE", "apqn", COLUMN_TEXT },
	[COLUMN_TYPE] = { "TYPE", "type", COLUMN_TEXT },
	[COLUMN_MODE] = { "MODE", "mode", COLUMN_TEXT },
	[COLUMN_DRIVER] = { "DRIVER", "driver", COLUMN_TEXT },
	[COLUMN_STATUS] = { "STATUS", "status", COLUMN_TEXT },
	[COLUMN_OWNER] = { "MATRIX", "matrix", COLUMN_TEXT },
	[COLUMN_REASON] = { "REASON", "reason", COLUMN_TEXT },
};

static void add_word(struct text *text, const char *word)
{
	text_add(text, word && *word ? word : "-");
}

static enum paint fill_row(void *ctx, size_t row, struct text *cells)
{
	static const enum paint paints[QUEUE_STATUS_NR] = {
		[QUEUE_HOST] = PAINT_FAINT,
		[QUEUE_UNBOUND] = PAINT_WARN,
		[QUEUE_IN_GUEST] = PAINT_GOOD,
		[QUEUE_MISSING] = PAINT_BAD,
	};
	const struct queue_rows *rows = ctx;
	unsigned int apid = rows->apqns[row] / APM_MATRIX_IDS;
	unsigned int apqi = rows->apqns[row] % APM_MATRIX_IDS;
	const struct matrix *owner = queue_owner(&rows->view, apid, apqi);
	enum queue_status status = queue_status(&rows->view, apid, apqi);
	const struct card *card = &rows->apm->snap->cards[apid];
	char apqn[APM_APQN_TEXT_LEN];

	apm_apqn_format(apid, apqi, apqn);
	text_addn(&cells[COLUMN_APQN], apqn, sizeof(apqn));
	add_word(&cells[COLUMN_TYPE], card->type ? card->type :
		 card_generation(card));
	add_word(&cells[COLUMN_MODE], card_mode(card));
	add_word(&cells[COLUMN_DRIVER], queue_driver(&rows->view, apid, apqi));
	text_add(&cells[COLUMN_STATUS], queue_status_word(status));
	add_word(&cells[COLUMN_OWNER], owner ? matrix_title(owner) : NULL);
	add_word(&cells[COLUMN_REASON], status == QUEUE_MISSING ?
		 queue_verdict(&rows->view, apid, apqi).word : card_trouble(card));
	return paints[status];
}

static void text(struct apmatrix *apm, FILE *out)
{
	struct queue_rows rows;
	struct table table = {
		.columns = columns, .nr_columns = COLUMN_NR, .row = fill_row,
		.ctx = &rows,
	};

	queue_rows_begin(&rows, apm);
	table.nr_rows = rows.nr;
	render_table(apm, &table, out);
	queue_rows_end(&rows);
}

static int run(struct apmatrix *apm)
{
	const char *of = apm->value[OPT_OF];
	size_t i;

	read_all(apm);
	if (of && !str_is(of, "host") && !select_matrix(apm, of))
		return EXIT_CODE_NOT_FOUND;
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, NULL);
	for (i = 0; i < apm->snap->nr_matrices; i++) {
		if (matrix_missing(&apm->snap->matrices[i]) > 0)
			read_reasons(&apm->fs, apm->snap, &apm->snap->matrices[i]);
	}
	apm->report.queues = true;
	return EXIT_CODE_OK;
}

static const enum option options[] = {
	OPT_FREE, OPT_UNBOUND, OPT_OF, OPT_NR
};

const struct command cmd_queues = {
	.name = "queues",
	.group = GROUP_LOOK,
	.operands = "",
	.summary = "list queues and their users",
	.description =
"STATUS is host (a driver of the host has it), unbound (no driver has it), free\n"
"(vfio_ap has it, no matrix does), assigned (its matrix could give it to a\n"
"guest), in-guest, or missing (the guest does not get it, for the REASON).",
	.options = options,
	.formats = "table|json|jsonl|pairs|csv",
	.examples =
"  apmatrix queues --free\n"
"  apmatrix queues --of web1\n"
"  apmatrix queues --json | jq -r '.queues[] | select(.status == \"missing\") | .apqn'",
	.run = run,
	.text = text,
};
