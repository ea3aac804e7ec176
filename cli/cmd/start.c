// SPDX-License-Identifier: GPL-2.0-only
/* start and stop: make defined matrices active, and inactive again. */
#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "output/render-text.h"

static void note_unknown(struct apmatrix *apm, const struct target *target)
{
	const struct matrix *matrix = snapshot_find(apm->snap, target->uuid);

	if (matrix && matrix->definition_odd)
		problem_matrix(problem_add(&apm->report.warnings, EXIT_CODE_UNSUPPORTED, 0,
					   "%s: started without the unknown attributes "
					   "of its definition",
					   matrix_title(matrix)), matrix->uuid);
}

static bool plan_start(struct apmatrix *apm, struct targets *targets)
{
	size_t i;

	select_all(apm, false);
	for (i = 0; i < apm->nr_operands; i++) {
		struct target *target = select_target(apm, targets, apm->operands[i]);

		if (!target)
			return false;
		if (target->active)
			continue;
		if (!apm->snap->host.module) {
			report_no_module(apm);
			return false;
		}
		note_unknown(apm, target);
		target->active = true;
		target->assigned = target->definition;
	}
	return true;
}

/* Without a definition, a matrix that is stopped would be deleted. */
static void note_defined(struct apmatrix *apm, const struct names *defined)
{
	struct text names = { 0 };

	names_join(defined, defined->nr, &names);
	if (names.len)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "%s: no definition yet; stop writes one, so that start works",
			    names.at);
	text_free(&names);
}

static bool plan_stop(struct apmatrix *apm, struct targets *targets)
{
	struct names defined = { 0 };
	bool good = true;
	size_t i;

	select_all(apm, true);
	for (i = 0; i < apm->nr_operands && good; i++) {
		struct target *target = select_target(apm, targets, apm->operands[i]);

		good = target;
		if (!target || !target->active)
			continue;
		if (target->start == START_NONE) {
			select_define(apm, target, &target->assigned, START_MANUAL);
			names_add(&defined, targets_title(targets, apm->snap, target->uuid));
		}
		target->active = false;
	}
	if (good)
		note_defined(apm, &defined);
	names_free(&defined);
	return good;
}

static const enum option start_options[] = { OPT_ANY_OWNER, OPT_NR };

const struct command cmd_start = {
	.name = "start",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "make defined matrices active",
	.description =
"Creates the mediated devices as they are defined: all of them, or none. With all,\n"
"all defined matrices are started.",
	.options = start_options,
	.formats = "table|json",
	.examples =
"  apmatrix start web1\n"
"  apmatrix start all",
	.plan = plan_start,
	.text = render_changes,
};

static const enum option stop_options[] = { OPT_PERSIST, OPT_FORCE, OPT_ANY_OWNER, OPT_NR };

const struct command cmd_stop = {
	.name = "stop",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "make matrices inactive and keep their definitions",
	.description =
"A matrix without a definition gets one, so that it can be started again; to delete\n"
"it instead, use remove. A matrix that a guest uses is not stopped: detach it from\n"
"the guest first, or use --force.",
	.options = stop_options,
	.formats = "table|json",
	.examples =
"  apmatrix stop web1\n"
"  apmatrix stop all --dry-run",
	.plan = plan_stop,
	.text = render_changes,
};
