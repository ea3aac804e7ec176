// SPDX-License-Identifier: GPL-2.0-only
/* assign and unassign: ids to and from matrices, one update for each. */
#include <string.h>

#include "apmatrix.h"

static bool check_options(struct apmatrix *apm, const struct ids ids[AP_DIM_NR])
{
	if (apm->given[OPT_PERSIST] && apm->given[OPT_RUNTIME_ONLY]) {
		report_error(apm, EXIT_CODE_USAGE, 0,
			     "--persist and --runtime-only exclude each other");
		return false;
	}
	if (ids[AP_DIM_ADAPTER].given || ids[AP_DIM_DOMAIN].given ||
	    ids[AP_DIM_CONTROL_DOMAIN].given)
		return true;
	problem_hint(report_error(apm, EXIT_CODE_USAGE, 0, "nothing is named"),
		     "name adapters (-a), domains (-d) or control domains (-c)");
	return false;
}

static void change_content(const struct apmatrix *apm, struct ap_matrix *content,
			   const struct ap_matrix *named)
{
	bool assign = str_is(apm->command->name, "assign");
	unsigned int dim;

	for (dim = 0; dim < AP_DIM_NR; dim++) {
		if (assign)
			ap_mask_or(&content->dim[dim], &content->dim[dim],
				   &named->dim[dim]);
		else
			ap_mask_andnot(&content->dim[dim], &content->dim[dim],
				       &named->dim[dim]);
	}
}

/* The ids in numbers: "all" is what the host has, or what there is to take. */
static void resolve(const struct apmatrix *apm, const struct ids ids[AP_DIM_NR],
		    const struct ap_matrix *content, struct ap_matrix *named)
{
	static const struct ap_mask none;
	bool assign = str_is(apm->command->name, "assign");
	unsigned int dim;

	for (dim = 0; dim < AP_DIM_NR; dim++)
		ids_apply(&ids[dim], &none, assign ?
			  &apm->snap->host.config.dim[dim] : &content->dim[dim],
			  &named->dim[dim]);
	if (apm->given[OPT_WITH_CONTROL])
		ap_mask_or(&named->dim[AP_DIM_CONTROL_DOMAIN],
			   &named->dim[AP_DIM_CONTROL_DOMAIN],
			   &named->dim[AP_DIM_DOMAIN]);
}

static void add_target(struct apmatrix *apm, struct targets *targets,
		       const struct matrix *matrix,
		       const struct ids ids[AP_DIM_NR])
{
	struct target *target = targets_add(targets, matrix);
	struct ap_matrix named;

	resolve(apm, ids, matrix_content(matrix), &named);
	if (target->active)
		change_content(apm, &target->assigned, &named);
	if (apm->given[OPT_RUNTIME_ONLY])
		return;
	if (matrix->defined) {
		target->touch_definition = true;
		change_content(apm, &target->definition, &named);
	} else if (apm->given[OPT_PERSIST]) {
		target->touch_definition = true;
		target->start = START_MANUAL;
		target->definition = target->assigned;
		target_set_name(target, matrix->name, matrix->owner,
				matrix->comment, false);
	}
}

static int run(struct apmatrix *apm)
{
	struct targets targets = { 0 };
	struct ids ids[AP_DIM_NR];
	bool good;
	size_t i;

	if (!select_ids(apm, IDS_SET, ids) || !check_options(apm, ids))
		return EXIT_CODE_USAGE;
	good = transaction_begin(apm);
	for (i = 0; good && i < apm->nr_operands; i++) {
		const struct matrix *matrix = select_matrix(apm, apm->operands[i]);

		good = matrix;
		if (matrix)
			add_target(apm, &targets, matrix, ids);
	}
	if (good)
		transaction_run(apm, &targets);
	transaction_end(apm);
	targets_free(&targets);
	return EXIT_CODE_OK;
}

static const enum option assign_options[] = {
	OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS, OPT_WITH_CONTROL,
	OPT_PERSIST, OPT_RUNTIME_ONLY, OPT_WAIT_GUEST, OPT_ALLOW_LOSS, OPT_NR
};

const struct command cmd_assign = {
	.name = "assign",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "add adapters, domains and control domains to a matrix",
	.description =
"The guest gets the product of all adapters and all domains. If it runs, the\n"
"change is a hot plug: everything named arrives in one update. Ids that the\n"
"host does not have yet can be assigned, too; the guest gets them when they\n"
"come. What is assigned already stays so. If the matrix has a definition, it\n"
"is changed as well.",
	.options = assign_options,
	.formats = "table|json",
	.examples =
"  apmatrix assign web1 -a 5-7 -d 0xab,0xac\n"
"  apmatrix assign web1 -a 7 --wait-guest 10\n"
"  apmatrix assign web1 -a 7 --dry-run",
	.run = run,
	.text = render_changes,
};

static const enum option unassign_options[] = {
	OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS, OPT_WITH_CONTROL,
	OPT_PERSIST, OPT_RUNTIME_ONLY, OPT_ALLOW_LOSS, OPT_NR
};

const struct command cmd_unassign = {
	.name = "unassign",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "take adapters, domains and control domains from a matrix",
	.description =
"If a guest runs with the matrix, the change is a hot unplug, and needs\n"
"--allow-loss: the guest loses the queues at once, whatever it is doing with\n"
"them. They are reset before anybody else gets them.",
	.options = unassign_options,
	.formats = "table|json",
	.examples =
"  apmatrix unassign web1 -a 7\n"
"  apmatrix unassign web1 -d all --allow-loss",
	.run = run,
	.text = render_changes,
};
