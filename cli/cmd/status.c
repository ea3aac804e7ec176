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

static void put_line(const char *label, const struct text *text, FILE *out)
{
	fprintf(out, "%-10s %s\n", label, text_str(text));
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
	put_line("host", &line, out);
	text_free(&line);
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
	put_line("queues", &line, out);
	text_free(&line);
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
	put_line("matrices", &line, out);
	text_free(&line);
}

static void put_missing(const struct apmatrix *apm, FILE *out)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, apm->report.shown[i]);
		long missing = matrix_missing(matrix);

		if (missing > 0)
			fprintf(out, "%-10s %s: %s %ld of %u queues: apmatrix explain %s\n",
				"missing", matrix_title(matrix),
				matrix->state == MATRIX_IN_USE ? "the guest lacks" :
				"a guest would lack", missing,
				apm_matrix_apqns(&matrix->assigned), matrix_title(matrix));
	}
}

/* Where a matrix differs from its definition, from the host's plan, or from both. */
static void put_drift(const struct apmatrix *apm, FILE *out)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, apm->report.shown[i]);

		if (matrix_drifts(matrix))
			fprintf(out, "%-10s %s differs from its definition: apmatrix show %s\n",
				"drift", matrix_title(matrix), matrix_title(matrix));
		if (matrix->plan_drift > 0)
			fprintf(out, "%-10s %s differs from the host's plan: apmatrix plan\n",
				"drift", matrix_title(matrix));
	}
}

static void put_last_change(struct apmatrix *apm, FILE *out)
{
	struct journal_entry entry;

	if (!journal_read_record(&apm->fs, UNCONFIRMED_FILE, &entry))
		fprintf(out, "%-10s %s waits for its confirmation: apmatrix confirm keeps it, "
			"apmatrix undo takes it back\n", "change", entry.command);
	journal_entry_free(&entry);
	if (!journal_read_record(&apm->fs, EXPIRED_FILE, &entry))
		fprintf(out, "%-10s %s was undone: it was not confirmed in time\n", "change",
			entry.command);
	journal_entry_free(&entry);
	if (!journal_read_record(&apm->fs, LAST_CHANGE_FILE, &entry))
		fprintf(out, "%-10s %s: apmatrix undo takes it back\n", "last", entry.command);
	journal_entry_free(&entry);
}

static void text(struct apmatrix *apm, FILE *out)
{
	put_host(apm, out);
	put_queues(apm, out);
	put_matrices(apm, out);
	put_missing(apm, out);
	put_drift(apm, out);
	put_last_change(apm, out);
	problems_list(&apm->report.findings, out);
}

static int run(struct apmatrix *apm)
{
	size_t i;

	read_all(apm);
	read_pool(apm);
	if (!select_matrices(apm))
		return EXIT_CODE_NOT_FOUND;
	read_guests(&apm->fs, apm->snap);
	read_plan_drift(apm);
	for (i = 0; i < apm->report.nr_shown; i++) {
		struct matrix *matrix = snapshot_find(apm->snap, apm->report.shown[i]);

		if (matrix_missing(matrix) > 0)
			read_reasons(&apm->fs, apm->snap, matrix);
	}
	apm->report.host = true;
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
