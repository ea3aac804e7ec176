// SPDX-License-Identifier: GPL-2.0-only
/*
 * assign, unassign and set: change the IDs of matrices, with one update for each. They differ only
 * in how the given IDs change the present ones.
 */
#include <stdlib.h>

#include "change/persist.h"
#include "context/choose.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "context/select.h"
#include "output/render-text.h"

static const enum option persist_options[] = {
	OPT_PERSIST, OPT_RUNTIME_ONLY, OPT_NR
};

static bool check_list(struct apmatrix *apm)
{
	return select_some_ids(apm, IDS_SET) &&
	       select_one_of(apm, persist_options);
}

static bool check_assign(struct apmatrix *apm)
{
	if (!choose_check(apm))
		return false;
	if (!apm->given[OPT_QUEUES])
		return check_list(apm);
	if (apm->nr_operands > 1) {
		report_error(apm, EXIT_CODE_USAGE, 0, "--queues is for one matrix");
		return false;
	}
	return select_ids(apm, IDS_SET) && select_one_of(apm, persist_options);
}

static bool check_edit(struct apmatrix *apm)
{
	return select_some_ids(apm, IDS_EDIT_NONE) &&
	       select_one_of(apm, persist_options);
}

typedef void (*change_fn)(const struct apmatrix *apm, struct apm_matrix *content);

/* The IDs as masks; all is the meaning of the word "all". */
static void resolve(const struct apmatrix *apm, const struct apm_matrix *all,
		    struct apm_matrix *named)
{
	static const struct apm_mask none;
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++)
		ids_apply(&apm->ids[dim], &none, &all->dim[dim], &named->dim[dim]);
	if (apm->given[OPT_WITH_CONTROL])
		apm_mask_or(&named->dim[APM_DIM_CONTROL_DOMAIN],
			   &named->dim[APM_DIM_CONTROL_DOMAIN],
			   &named->dim[APM_DIM_DOMAIN]);
}

/* all: what the host has */
static void add_ids(const struct apmatrix *apm, struct apm_matrix *content)
{
	struct apm_matrix named;
	unsigned int dim;

	resolve(apm, &apm->snap->host.config, &named);
	for (dim = 0; dim < APM_DIM_NR; dim++)
		apm_mask_or(&content->dim[dim], &content->dim[dim], &named.dim[dim]);
}

/* all: what is assigned */
static void take_ids(const struct apmatrix *apm, struct apm_matrix *content)
{
	struct apm_matrix named;
	unsigned int dim;

	resolve(apm, content, &named);
	for (dim = 0; dim < APM_DIM_NR; dim++)
		apm_mask_andnot(&content->dim[dim], &content->dim[dim],
			       &named.dim[dim]);
}

static bool change_target(struct apmatrix *apm, struct targets *targets,
			  const char *operand, change_fn change)
{
	struct target *target = select_target(apm, targets, operand);
	const struct matrix *matrix;

	if (!target)
		return false;
	if (target->active)
		change(apm, &target->assigned);
	if (apm->given[OPT_RUNTIME_ONLY])
		return true;
	if (target->start != START_NONE) {
		target->touch_definition = true;
		change(apm, &target->definition);
	} else if (apm->given[OPT_PERSIST]) {
		target->touch_definition = true;
		target->start = START_AUTO;
		target->definition = target->assigned;
		matrix = snapshot_find(apm->snap, target->uuid);
		/* the name must exist as long as the definition */
		if (matrix && !target->touch_name)
			target_set_name(target, matrix->name, matrix->owner,
					matrix->comment, false);
		target->transient_name = false;
	}
	return true;
}

/* What the host has of the queues that are assigned now. */
static bool reserve(struct apmatrix *apm, struct targets *targets)
{
	const struct apm_matrix **contents = xcalloc(targets->nr, sizeof(*contents));
	bool lasting = false, good;
	size_t i, nr = 0;

	read_pool(apm);
	for (i = 0; i < targets->nr; i++) {
		if (!targets->at[i].active)
			continue;
		contents[nr++] = &targets->at[i].assigned;
		lasting = lasting || targets->at[i].touch_definition;
	}
	good = select_from_host(apm, contents, nr, lasting, &targets->host);
	free(contents);
	return good;
}

static bool change_targets(struct apmatrix *apm, struct targets *targets,
			   change_fn change)
{
	size_t i;

	for (i = 0; i < apm->nr_operands; i++) {
		if (!change_target(apm, targets, apm->operands[i], change))
			return false;
	}
	if (apm->given[OPT_RESERVE] && !reserve(apm, targets))
		return false;
	if (apm->given[OPT_PERSIST]) {
		read_pool(apm);
		persist_host(apm, targets);
	}
	return true;
}

static bool plan_assign(struct apmatrix *apm, struct targets *targets)
{
	const struct matrix *matrix;

	if (apm->given[OPT_QUEUES]) {
		matrix = select_matrix(apm, apm->operands[0]);
		if (!matrix || !choose_queues(apm, matrix))
			return false;
	}
	return change_targets(apm, targets, add_ids);
}

static bool plan_unassign(struct apmatrix *apm, struct targets *targets)
{
	select_all(apm, true);
	return change_targets(apm, targets, take_ids);
}

static bool plan_set(struct apmatrix *apm, struct targets *targets)
{
	select_all(apm, true);
	return change_targets(apm, targets, select_edit);
}

static const enum option assign_options[] = {
	OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS, OPT_WITH_CONTROL,
	OPT_QUEUES, OPT_MODE, OPT_GENERATION, OPT_SPREAD,
	OPT_RESERVE, OPT_PERSIST, OPT_RUNTIME_ONLY, OPT_WAIT_GUEST, OPT_ALLOW_LOSS, OPT_STRICT,
	OPT_ANY_OWNER, OPT_CONFIRM, OPT_NR
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
"The guest gets every adapter in every domain, in one update if it is running.\n"
"Control domains are added only with -c or --with-control. IDs that the host does\n"
"not have yet can be assigned. With --queues, adapters or domains are chosen that add\n"
"this number of queues. A definition of the matrix is changed too.",
	.options = assign_options,
	.formats = "table|json",
	.examples =
"  apmatrix assign web1 -a 5-7 -d 0xab,0xac\n"
"  apmatrix assign web1 --queues 2 --reserve --persist\n"
"  apmatrix assign web1 -a 7 --reserve --wait-guest 10\n"
"  apmatrix assign web1 -a 7 --dry-run",
	.check = check_assign,
	.plan = plan_assign,
	.text = render_changes,
};

static const enum option unassign_options[] = {
	OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS, OPT_WITH_CONTROL,
	OPT_PERSIST, OPT_RUNTIME_ONLY, OPT_ALLOW_LOSS, OPT_ANY_OWNER, OPT_CONFIRM, OPT_NR
};

const struct command cmd_unassign = {
	.name = "unassign",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "remove adapters, domains and control domains from a matrix",
	.description =
"A running guest loses the queues at once; this needs --allow-loss. If the matrix\n"
"has a definition, the definition is changed too.",
	.options = unassign_options,
	.formats = "table|json",
	.examples =
"  apmatrix unassign web1 -a 7\n"
"  apmatrix unassign web1 -d all --allow-loss",
	.check = check_list,
	.plan = plan_unassign,
	.text = render_changes,
};

static const enum option set_options[] = {
	OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS, OPT_WITH_CONTROL,
	OPT_RESERVE, OPT_PERSIST, OPT_RUNTIME_ONLY, OPT_WAIT_GUEST, OPT_ALLOW_LOSS, OPT_STRICT,
	OPT_ANY_OWNER, OPT_CONFIRM, OPT_NR
};

const struct command cmd_set = {
	.name = "set",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "set the adapters, domains and control domains of a matrix",
	.description =
"Dimensions that are not named stay as they are. A list such as +7,-5 changes the\n"
"present IDs, and none removes all. --with-control makes the control domains the\n"
"same as the usage domains.",
	.options = set_options,
	.formats = "table|json",
	.examples =
"  apmatrix set web1 -a 5-7 -d 0xab,0xac --with-control\n"
"  apmatrix set web1 -a +8,-5\n"
"  apmatrix set web1 -a 5 -d 0xab --json | jq .changed",
	.check = check_edit,
	.plan = plan_set,
	.text = render_changes,
};
