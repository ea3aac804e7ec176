// SPDX-License-Identifier: GPL-2.0-only
/* create: a new matrix. */
#include <string.h>
#include <uuid/uuid.h>

#include "change/persist.h"
#include "context/choose.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/phrase.h"
#include "lib/paths.h"
#include "output/render-text.h"

static const enum option start_options[] = {
	OPT_AUTO, OPT_MANUAL, OPT_TRANSIENT, OPT_NR
};
static const enum option keep_options[] = { OPT_TRANSIENT, OPT_PERSIST, OPT_NR };

/* The uuid that was asked for, or a random one. */
static void choose_uuid(const struct apmatrix *apm, char *uuid)
{
	uuid_t random;

	if (apm->given[OPT_UUID]) {
		parse_uuid(apm->value[OPT_UUID], uuid);
		return;
	}
	uuid_generate_random(random);
	uuid_unparse_lower(random, uuid);
}

static bool check_reserve(struct apmatrix *apm)
{
	if (!apm->given[OPT_RESERVE] || apm->given[OPT_QUEUES] ||
	    (apm->given[OPT_ADAPTERS] && apm->given[OPT_DOMAINS]))
		return true;
	report_error(apm, EXIT_CODE_USAGE, 0,
		     "--reserve needs --queues, or adapters and domains");
	return false;
}

static bool check(struct apmatrix *apm)
{
	const char *name = apm->nr_operands ? apm->operands[0] : NULL;
	struct complaint complaint = { 0 };
	char uuid[UUID_LEN + 1];

	if (apm->given[OPT_UUID] && !parse_uuid(apm->value[OPT_UUID], uuid)) {
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
					  "\"%s\" is not a UUID",
					  apm->value[OPT_UUID]),
			     "a UUID looks like 62177883-f1bb-47f0-914d-32a22e3a8804");
		return false;
	}
	if (name && !parse_name(name, &complaint)) {
		report_complaint(apm, NULL, &complaint);
		return false;
	}
	return select_labels(apm) && select_ids(apm, IDS_SET_NONE) &&
	       select_one_of(apm, start_options) && select_one_of(apm, keep_options) &&
	       check_reserve(apm) && choose_check(apm);
}

static bool check_module(struct apmatrix *apm)
{
	if (!apm->snap->host.module)
		report_no_module(apm);
	return apm->snap->host.module;
}

/* The existing or planned matrix with this name or UUID; "" if none. */
static const char *present_uuid(const struct apmatrix *apm,
				const struct targets *targets,
				const char *uuid, const char *name)
{
	struct matrix *matrix = snapshot_find(apm->snap, uuid);
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		if (str_is(targets->at[i].uuid, uuid) ||
		    (name && str_is(targets->at[i].name, name)))
			return targets->at[i].active ? targets->at[i].uuid : "";
	}
	if (!matrix && name)
		snapshot_named(apm->snap, name, &matrix);
	/* a defined matrix may be started by its UUID */
	if (!matrix || (!matrix->active && str_is(matrix->uuid, uuid)))
		return "";
	return matrix->uuid;
}

static void fill_target(struct apmatrix *apm, struct target *target,
			const char *name)
{
	static const struct apm_mask none;
	bool start_auto = apm->given[OPT_AUTO] ||
			  (apm->given[OPT_PERSIST] && !apm->given[OPT_MANUAL]);
	bool defined = start_auto || apm->given[OPT_MANUAL];
	unsigned int dim;

	target->active = true;
	for (dim = 0; dim < APM_DIM_NR; dim++)
		ids_apply(&apm->ids[dim], &none, &apm->snap->host.config.dim[dim],
			  &target->assigned.dim[dim]);
	if (apm->given[OPT_WITH_CONTROL])
		apm_mask_or(&target->assigned.dim[APM_DIM_CONTROL_DOMAIN],
			   &target->assigned.dim[APM_DIM_CONTROL_DOMAIN],
			   &target->assigned.dim[APM_DIM_DOMAIN]);
	if (defined) {
		target->touch_definition = true;
		target->start = start_auto ? START_AUTO : START_MANUAL;
		target->definition = target->assigned;
	}
	if (name || apm->given[OPT_OWNER] || apm->given[OPT_COMMENT])
		target_set_name(target, name, apm->value[OPT_OWNER],
				apm->value[OPT_COMMENT], !defined);
}

/* --if-absent: what is there must be what was asked for. */
static bool accept_present(struct apmatrix *apm, const char *uuid)
{
	static const struct apm_mask none;
	const struct matrix *matrix = snapshot_find(apm->snap, uuid);
	struct apm_mask wanted;
	unsigned int dim;

	/* one that this batch makes is not there yet */
	for (dim = 0; matrix && dim < APM_DIM_NR; dim++) {
		const struct apm_mask *now = &matrix_content(matrix)->dim[dim];

		ids_apply(&apm->ids[dim], &none, &apm->snap->host.config.dim[dim], &wanted);
		if (!apm->ids[dim].given || apm_mask_equal(now, &wanted))
			continue;
		problem_hint(problem_matrix(report_error(apm, EXIT_CODE_CONFLICT, 0,
							 "%s exists with other %ss",
							 matrix_title(matrix), dim_word(dim)),
					    uuid),
			     "apmatrix set %s gives it these", matrix_title(matrix));
		return false;
	}
	report_show(&apm->report, uuid);
	return true;
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	const char *name = apm->nr_operands ? apm->operands[0] : NULL;
	char uuid[UUID_LEN + 1];
	const char *present;

	choose_uuid(apm, uuid);
	present = present_uuid(apm, targets, uuid, name);
	if (*present && apm->given[OPT_IF_ABSENT])
		return accept_present(apm, present);
	if (*present) {
		problem_matrix(report_error(apm, EXIT_CODE_CONFLICT, 0,
					    "%s already exists",
					    targets_title(targets, apm->snap, present)),
			       present);
		return false;
	}
	if (!check_module(apm))
		return false;
	if (apm->given[OPT_QUEUES] && !choose_queues(apm, NULL))
		return false;
	fill_target(apm, targets_add_new(targets, uuid), name);
	targets->at[targets->nr - 1].random_uuid = !apm->given[OPT_UUID];
	if (apm->given[OPT_RESERVE]) {
		const struct target *target = &targets->at[targets->nr - 1];
		const struct apm_matrix *content = &target->assigned;

		read_pool(apm);
		if (!select_from_host(apm, &content, 1, target->touch_definition,
				      &targets->host))
			return false;
	}
	if (apm->given[OPT_PERSIST]) {
		read_pool(apm);
		persist_host(apm, targets);
	}
	return true;
}

static void text(struct apmatrix *apm, FILE *out)
{
	if (!apm->given[OPT_PRINT_UUID])
		render_changes(apm, out);
	else if (apm->report.nr_shown)
		fprintf(out, "%s\n", apm->report.shown[0]);
	else if (apm->report.nr_changes)
		fprintf(out, "%s\n", apm->report.changes[0].uuid);
}

static const enum option options[] = {
	OPT_UUID, OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS,
	OPT_QUEUES, OPT_MODE, OPT_GENERATION, OPT_SPREAD, OPT_RESERVE,
	OPT_WITH_CONTROL, OPT_AUTO, OPT_MANUAL, OPT_TRANSIENT, OPT_PERSIST, OPT_OWNER,
	OPT_COMMENT, OPT_STRICT, OPT_IF_ABSENT, OPT_PRINT_UUID, OPT_NR
};

const struct command cmd_create = {
	.name = "create",
	.group = GROUP_CHANGE,
	.operands = "[NAME]",
	.operand = ARG_TEXT,
	.max_operands = 1,
	.summary = "create a matrix",
	.description =
"Creates the mediated device and assigns to it. If a queue is not available,\n"
"nothing is created. With --queues free queues are chosen. --auto and --manual write\n"
"a definition in the format and the directory of mdevctl. --persist does all that\n"
"the matrix needs to be there after a reboot, as apmatrix persist does.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix create web1 -a 5,6 -d 0xab --with-control --auto\n"
"  apmatrix create web1 --queues 2 --mode ep11 --spread cards --persist\n"
"  uuid=$(apmatrix create --print-uuid)\n"
"  apmatrix create web1 -u 62177883-f1bb-47f0-914d-32a22e3a8804 --if-absent",
	.check = check,
	.plan = plan,
	.text = text,
};
