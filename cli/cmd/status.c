// SPDX-License-Identifier: GPL-2.0-only
/* status: the state of this host on one screen. */
#include <stdlib.h>

#include "change/journal.h"
#include "change/persist.h"
#include "context/command.h"
#include "context/drift.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/phrase.h"
#include "core/pool.h"
#include "core/queue-view.h"
#include "host/read-guests.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"
#include "lib/paths.h"
#include "output/render-text.h"
#include "output/render.h"

#define STATUS_COLUMN	11	/* of what comes after the label */

/* Takes the text. */
static void put_line(const struct apmatrix *apm, const char *label, struct text *text,
		     FILE *out)
{
	fprintf(out, "%-*s", STATUS_COLUMN, label);
	put_wrapped(out, text_str(text), STATUS_COLUMN, apm->width);
	text_free(text);
}

static void put_host(const struct apmatrix *apm, FILE *out)
{
	const struct host *host = &apm->snap->host;
	const char *mode = pool_regime(apm->snap);
	struct text line = { 0 };

	if (!host->bus)
		text_add(&line, "no AP bus");
	else
		text_addf(&line, "%s, %s%s",
			  host->module ? "vfio_ap is loaded" : "vfio_ap is not loaded",
			  str_is(mode, "free") ? "no queue is given to guests" : "pool by ",
			  str_is(mode, "free") ? "" : mode ? mode : "unknown");
	put_line(apm, "host", &line, out);
}

static void put_queues(const struct apmatrix *apm, FILE *out)
{
	unsigned int counts[QUEUE_STATUS_NR];
	struct text line = { 0 };
	unsigned int status;

	queue_status_count(apm->snap, counts);
	for (status = QUEUE_HOST; status < QUEUE_STATUS_NR; status++)
		text_addf(&line, "%s%u %s", line.len ? ", " : "", counts[status],
			  queue_status_word(status));
	put_line(apm, "queues", &line, out);
}

static void put_matrices(const struct apmatrix *apm, FILE *out)
{
	unsigned int in_use = 0, idle = 0, defined = 0, other = 0;
	struct text line = { 0 };
	size_t i;

	for (i = 0; i < apm->snap->nr_matrices; i++) {
		switch (apm->snap->matrices[i].state) {
		case MATRIX_IN_USE:
			in_use++;
			break;
		case MATRIX_IDLE:
			idle++;
			break;
		case MATRIX_DEFINED:
			defined++;
			break;
		case MATRIX_UNKNOWN:
			other++;
			break;
		}
	}
	text_addf(&line, "%u in use, %u idle, %u defined only", in_use, idle, defined);
	if (other)
		text_addf(&line, ", %u unknown", other);
	put_line(apm, "matrices", &line, out);
}

static void put_missing(const struct apmatrix *apm, FILE *out)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, apm->report.shown[i]);
		long missing = matrix_missing(matrix);

		struct text line = { 0 };

		if (missing <= 0)
			continue;
		text_addf(&line, "%s: %s %ld of %u queues: apmatrix explain %s",
			  matrix_title(matrix), matrix->state == MATRIX_IN_USE ?
			  "the guest lacks" : "a guest would lack", missing,
			  apm_matrix_apqns(&matrix->assigned), matrix_title(matrix));
		put_line(apm, "missing", &line, out);
	}
}

/* Where a matrix differs from its definition, from the host's plan, or from both. */
static void put_drift(const struct apmatrix *apm, FILE *out)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, apm->report.shown[i]);

		struct text line = { 0 };

		if (matrix_drifts(matrix)) {
			text_addf(&line, "%s differs from its definition: apmatrix show %s",
				  matrix_title(matrix), matrix_title(matrix));
			put_line(apm, "drift", &line, out);
		}
		if (matrix->plan_drift > 0) {
			text_addf(&line, "%s differs from the host's plan: apmatrix plan",
				  matrix_title(matrix));
			put_line(apm, "drift", &line, out);
		}
	}
}

/* The change of a record, if there is one. */
static void put_record(struct apmatrix *apm, const char *path, const char *label,
		       const char *what, FILE *out)
{
	struct journal_entry entry;
	struct text line = { 0 };

	if (!journal_read_record(&apm->fs, path, &entry)) {
		text_addf(&line, "%s%s", entry.line, what);
		put_line(apm, label, &line, out);
	}
	journal_entry_free(&entry);
}

static void put_last_change(struct apmatrix *apm, FILE *out)
{
	put_record(apm, UNCONFIRMED_FILE, "change", " waits for its confirmation: apmatrix "
		   "confirm keeps it, apmatrix undo takes it back", out);
	put_record(apm, EXPIRED_FILE, "change", " was undone: it was not confirmed in time", out);
	put_record(apm, LAST_CHANGE_FILE, "last", ": apmatrix undo takes it back", out);
}

static void text(struct apmatrix *apm, FILE *out)
{
	put_host(apm, out);
	put_queues(apm, out);
	put_matrices(apm, out);
	put_missing(apm, out);
	put_drift(apm, out);
	put_last_change(apm, out);
	render_findings(apm, out);
}

static int run(struct apmatrix *apm)
{
	size_t i;

	read_all(apm);
	read_pool(apm);
	if (!select_matrices(apm))
		return EXIT_CODE_NOT_FOUND;
	select_order(apm);
	read_guests(&apm->fs, apm->snap);
	read_plan_drift(apm);
	for (i = 0; i < apm->report.nr_shown; i++) {
		struct matrix *matrix = snapshot_find(apm->snap, apm->report.shown[i]);

		if (matrix_missing(matrix) > 0)
			read_reasons(&apm->fs, apm->snap, matrix);
	}
	read_profile(apm);
	persist_find(apm, &apm->report.findings);
	return EXIT_CODE_OK;
}

static const enum option options[] = { OPT_NR };

const struct command cmd_status = {
	.name = "status",
	.group = GROUP_LOOK,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "show the state of this host on one screen",
	.description =
"Counts queues and matrices, and names what guests lack, what differs from\n"
"definitions and from the host's plan, what waits for a confirmation, and what does\n"
"not last over a reboot, with the command for each.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix status\n"
"  apmatrix status --json | jq '.findings[].finding'",
	.run = run,
	.text = text,
};
