// SPDX-License-Identifier: GPL-2.0-only
/* refresh: makes the kernel filter again. */
#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "output/render-text.h"

static bool add_refresh(struct apmatrix *apm, struct targets *targets,
			const struct matrix *matrix)
{
	if (!matrix->active) {
		report_error(apm, EXIT_CODE_NOT_FOUND, 0,
			     "%s is defined, but not active",
			     matrix_title(matrix));
		return false;
	}
	if (!matrix->has_config) {
		problem_hint(report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
					  "%s: this kernel has no ap_config",
					  matrix_title(matrix)),
			     "unassign a domain and assign it again");
		return false;
	}
	targets_add(targets, matrix)->refresh = true;
	return true;
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	size_t i;

	select_all(apm, true);
	for (i = 0; i < apm->nr_operands; i++) {
		const struct matrix *matrix = select_matrix(apm, apm->operands[i]);

		if (!matrix || !add_refresh(apm, targets, matrix))
			return false;
	}
	return true;
}

static bool has_changed(const struct report *report, const char *uuid)
{
	size_t i;

	for (i = 0; i < report->nr_changes; i++) {
		if (str_is(report->changes[i].uuid, uuid))
			return true;
	}
	return false;
}

/* The queues that guests get and lose, and which matrices were written. */
static void text(struct apmatrix *apm, FILE *out)
{
	const struct report *report = &apm->report;
	size_t i;

	render_change_lines(apm, out);
	if (apm->given[OPT_QUIET] && !report->dry_run)
		return;
	if (report->dry_run && report->nr_shown && !report->nr_changes)
		fputs("preview: nothing is changed\n", out);
	for (i = 0; i < report->nr_shown; i++) {
		const struct matrix *matrix = snapshot_find(apm->snap, report->shown[i]);

		fprintf(out, "%s %s%s\n", matrix_title(matrix),
			report->dry_run ? "would be filtered again" : "was filtered again",
			report->dry_run || !matrix->guest_known ||
			has_changed(report, matrix->uuid) ? "" : ": no queue changes");
	}
	if (!report->nr_shown)
		fputs("no active matrices\n", out);
}

static const enum option options[] = {
	OPT_WAIT_GUEST, OPT_ALLOW_LOSS, OPT_ANY_OWNER, OPT_NR
};

const struct command cmd_refresh = {
	.name = "refresh",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "make the kernel filter a matrix again",
	.description =
"Needed only with modules that do not filter again when a queue becomes available;\n"
"apmatrix explain then reports stale-filter. Prints the matrices that were filtered\n"
"again, and the queues that their guests get and lose.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix refresh web1 --wait-guest 5",
	.plan = plan,
	.text = text,
};
