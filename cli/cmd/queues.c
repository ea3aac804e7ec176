// SPDX-License-Identifier: GPL-2.0-only
/* queues: one line per queue. */
#include <stdlib.h>
#include <string.h>

#include "context/apmatrix.h"
#include "core/queue-view.h"
#include "format/json-write.h"
#include "output/render.h"

/* The rows that were asked for, as APQN numbers. */
struct rows {
	const struct apmatrix *apm;
	struct queue_view view;
	uint16_t *apqns;
	size_t nr;
};

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

static const char *card_trouble(const struct card *card)
{
	if (card->config == 0)
		return "deconfigured";
	return card->chkstop == 1 ? "checkstopped" : NULL;
}

static enum paint fill_row(void *ctx, size_t row, struct text *cells)
{
	static const enum paint paints[QUEUE_STATUS_NR] = {
		[QUEUE_HOST] = PAINT_FAINT,
		[QUEUE_UNBOUND] = PAINT_WARN,
		[QUEUE_IN_GUEST] = PAINT_GOOD,
		[QUEUE_MISSING] = PAINT_BAD,
	};
	const struct rows *rows = ctx;
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

static bool is_wanted(const struct rows *rows, unsigned int apid,
		      unsigned int apqi)
{
	const struct apmatrix *apm = rows->apm;
	const struct matrix *owner = queue_owner(&rows->view, apid, apqi);
	enum queue_status status = queue_status(&rows->view, apid, apqi);
	const char *of = apm->value[OPT_OF];

	if (status == QUEUE_ABSENT)
		return false;
	if (apm->given[OPT_FREE] || apm->given[OPT_UNBOUND])
		return (apm->given[OPT_FREE] && status == QUEUE_FREE) ||
		       (apm->given[OPT_UNBOUND] &&
			snapshot_queue(apm->snap, apid, apqi)->present &&
			snapshot_queue(apm->snap, apid, apqi)->driver == DRIVER_NONE);
	if (!of)
		return true;
	if (str_is(of, "host"))
		return status == QUEUE_HOST;
	return owner && (str_is(owner->uuid, of) || str_is(owner->name, of));
}

static void choose_rows(struct rows *rows)
{
	unsigned int apid, apqi;

	rows->apqns = xcalloc(APM_MATRIX_APQNS, sizeof(*rows->apqns));
	apm_mask_for_each(apid, &rows->view.adapters) {
		apm_mask_for_each(apqi, &rows->view.domains) {
			if (is_wanted(rows, apid, apqi))
				rows->apqns[rows->nr++] =
					(uint16_t)(apid * APM_MATRIX_IDS + apqi);
		}
	}
}

static void text(struct apmatrix *apm, FILE *out)
{
	struct rows rows = { .apm = apm };
	struct table table = {
		.columns = columns, .nr_columns = COLUMN_NR, .row = fill_row,
		.ctx = &rows,
	};

	queue_view_begin(&rows.view, apm->snap);
	choose_rows(&rows);
	table.nr_rows = rows.nr;
	render_table(apm, &table, out);
	free(rows.apqns);
	queue_view_end(&rows.view);
}

static void put_queue(const struct rows *rows, unsigned int apid,
		      unsigned int apqi, struct jsonw *json)
{
	const struct matrix *owner = queue_owner(&rows->view, apid, apqi);
	enum queue_status status = queue_status(&rows->view, apid, apqi);
	const struct card *card = &rows->apm->snap->cards[apid];

	jsonw_object(json, NULL);
	jsonw_inline(json);
	jsonw_apqn(json, "apqn", apid, apqi);
	jsonw_int(json, "adapter", apid);
	jsonw_int(json, "domain", apqi);
	jsonw_string(json, "type", card->type);
	jsonw_string(json, "generation", card_generation(card));
	jsonw_string(json, "mode", card_mode(card));
	jsonw_string(json, "driver", queue_driver(&rows->view, apid, apqi));
	jsonw_string(json, "status", queue_status_word(status));
	jsonw_string(json, "matrix", owner ? owner->uuid : NULL);
	jsonw_string(json, "reason", status == QUEUE_MISSING ?
		     queue_verdict(&rows->view, apid, apqi).word : card_trouble(card));
	jsonw_object_end(json);
	jsonw_inline_end(json);
}

void render_json_queues(struct apmatrix *apm, struct jsonw *json)
{
	struct rows rows = { .apm = apm };
	size_t i;

	if (apm->report.queues) {
		queue_view_begin(&rows.view, apm->snap);
		choose_rows(&rows);
	}
	jsonw_array(json, "queues");
	for (i = 0; i < rows.nr; i++)
		put_queue(&rows, rows.apqns[i] / APM_MATRIX_IDS,
			  rows.apqns[i] % APM_MATRIX_IDS, json);
	jsonw_array_end(json);
	if (apm->report.queues) {
		free(rows.apqns);
		queue_view_end(&rows.view);
	}
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
