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
"apmatrix explain then reports stale-filter.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix refresh web1 --wait-guest 5",
	.plan = plan,
	.text = render_change_lines,
};
