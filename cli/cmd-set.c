// SPDX-License-Identifier: GPL-2.0-only
/* set and refresh: exactly this, and the same once more. */
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
		     "name adapters (-a), domains (-d) or control domains (-c); none empties them");
	return false;
}

static void set_content(const struct apmatrix *apm, const struct ids ids[AP_DIM_NR],
			struct ap_matrix *content)
{
	unsigned int dim;

	for (dim = 0; dim < AP_DIM_NR; dim++)
		ids_apply(&ids[dim], &content->dim[dim],
			  &apm->snap->host.config.dim[dim], &content->dim[dim]);
	if (apm->given[OPT_WITH_CONTROL])
		content->dim[AP_DIM_CONTROL_DOMAIN] = content->dim[AP_DIM_DOMAIN];
}

static void add_target(struct apmatrix *apm, struct targets *targets,
		       const struct matrix *matrix,
		       const struct ids ids[AP_DIM_NR])
{
	struct target *target = targets_add(targets, matrix);

	if (target->active)
		set_content(apm, ids, &target->assigned);
	if (apm->given[OPT_RUNTIME_ONLY])
		return;
	if (matrix->defined) {
		target->touch_definition = true;
		set_content(apm, ids, &target->definition);
	} else if (apm->given[OPT_PERSIST]) {
		target->touch_definition = true;
		target->start = START_MANUAL;
		target->definition = target->assigned;
		target_set_name(target, matrix->name, matrix->owner,
				matrix->comment, false);
	}
}

static int run_set(struct apmatrix *apm)
{
	struct targets targets = { 0 };
	const struct matrix *matrix;
	struct ids ids[AP_DIM_NR];

	if (!select_ids(apm, IDS_EDIT_NONE, ids) || !check_options(apm, ids))
		return EXIT_CODE_USAGE;
	if (transaction_begin(apm)) {
		matrix = select_matrix(apm, apm->operands[0]);
		if (matrix) {
			add_target(apm, &targets, matrix, ids);
			transaction_run(apm, &targets);
		}
	}
	transaction_end(apm);
	targets_free(&targets);
	return EXIT_CODE_OK;
}

static const enum option set_options[] = {
	OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS, OPT_WITH_CONTROL,
	OPT_PERSIST, OPT_RUNTIME_ONLY, OPT_WAIT_GUEST, OPT_ALLOW_LOSS, OPT_NR
};

const struct command cmd_set = {
	.name = "set",
	.group = GROUP_CHANGE,
	.operands = "MATRIX",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = 1,
	.summary = "give a matrix exactly these adapters and domains",
	.description =
"What is named is made so; what is not named stays. A list such as +7,-5\n"
"changes what is there instead of replacing it, and none empties it. Doing it\n"
"again changes nothing. --with-control makes the control domains the same as\n"
"the usage domains.",
	.options = set_options,
	.formats = "table|json",
	.examples =
"  apmatrix set web1 -a 5-7 -d 0xab,0xac --with-control\n"
"  apmatrix set web1 -a +8,-5\n"
"  apmatrix set web1 -a 5 -d 0xab --json | jq .changed",
	.run = run_set,
	.text = render_changes,
};

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
			     "unassign a domain and assign it again to make this kernel look");
		return false;
	}
	targets_add(targets, matrix)->refresh = true;
	return true;
}

static int run_refresh(struct apmatrix *apm)
{
	bool good = transaction_begin(apm);
	struct targets targets = { 0 };
	size_t i;

	for (i = 0; good && i < apm->nr_operands; i++) {
		const struct matrix *matrix = select_matrix(apm, apm->operands[i]);

		good = matrix && add_refresh(apm, &targets, matrix);
	}
	if (good)
		transaction_run(apm, &targets);
	transaction_end(apm);
	targets_free(&targets);
	return EXIT_CODE_OK;
}

static const enum option refresh_options[] = {
	OPT_WAIT_GUEST, OPT_ALLOW_LOSS, OPT_NR
};

const struct command cmd_refresh = {
	.name = "refresh",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "make the kernel look again at what it withholds",
	.description =
"Writes what is assigned once more. Some kernels do not look again when a\n"
"queue that kept its adapter out comes good or is unassigned, and explain says\n"
"stale-filter: this cures it. With the module of this package it is never\n"
"needed.",
	.options = refresh_options,
	.formats = "table|json",
	.examples =
"  apmatrix refresh web1 --wait-guest 5",
	.run = run_refresh,
	.text = render_changes,
};
