// SPDX-License-Identifier: GPL-2.0-only
/*
 * plan and apply: make a host what a file says. They are one command; plan
 * stops before the first write.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "apmatrix.h"
#include "declare.h"
#include "input.h"
#include "kernel-abi.h"

/* The file on the command line, or the host's own. */
static int read_plan(struct apmatrix *apm, const char **name, struct text *text)
{
	char *own;
	int ret;

	*name = PLAN_FILE;
	if (apm->nr_operands) {
		*name = input_title(apm->operands[0]);
		return input_read(apm->operands[0], text);
	}
	own = sysfs_path(&apm->fs, PLAN_FILE);
	ret = input_read(own, text);
	free(own);
	return ret;
}

/* Before the lock is taken: the file may come through a slow pipe. */
static bool check(struct apmatrix *apm)
{
	struct complaint complaint = { 0 };
	struct text text = { 0 };
	char uuid[UUID_LEN + 1];
	const char *name;
	int ret;

	if (apm->given[OPT_EXPECT] && !parse_uuid(apm->value[OPT_EXPECT], uuid)) {
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
					  "--expect: \"%s\" is not what a plan is identified by",
					  apm->value[OPT_EXPECT]),
			     "it is the uuid in the last line of apmatrix plan");
		return false;
	}
	ret = read_plan(apm, &name, &text);
	if (ret) {
		report_unreadable(apm, name, ret);
	} else {
		apm->file = xnew(struct plan_file);
		if (!plan_file_parse(text_str(&text), text.len, apm->file,
				     &complaint)) {
			report_complaint(apm, name, &complaint);
			ret = -EINVAL;
		}
	}
	text_free(&text);
	return !ret;
}

static bool check_plan(struct apmatrix *apm)
{
	apm->given[OPT_DRY_RUN] = true;
	return check(apm);
}

static bool check_module(struct apmatrix *apm, const struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->nr && !apm->snap->host.module; i++) {
		if (!targets->at[i].active)
			continue;
		problem_hint(report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
					  "there is no " MATRIX_DEVICE),
			     "the vfio_ap module is not loaded: modprobe vfio_ap");
		return false;
	}
	return true;
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	const struct declare_rules rules = {
		.prune = apm->given[OPT_PRUNE],
		.owner = apm->value[OPT_OWNER],
		.any_owner = apm->given[OPT_ANY_OWNER],
	};
	char id[UUID_LEN + 1], expected[UUID_LEN + 1];

	if (apm->file->pool) {
		read_cards(&apm->fs, apm->snap);
		read_queues(&apm->fs, apm->snap, NULL);
		read_overrides(&apm->fs, apm->snap);
	}
	if (!declare(apm->snap, apm->file, &rules, apm->command->name, targets,
		     &apm->report.errors, &apm->report.warnings) ||
	    !check_module(apm, targets))
		return false;
	declare_id(apm->snap, targets, id);
	apm->report.plan = xstrdup(id);
	if (!apm->given[OPT_EXPECT])
		return true;
	parse_uuid(apm->value[OPT_EXPECT], expected);
	if (str_is(id, expected))
		return true;
	problem_hint(report_error(apm, EXIT_CODE_STALE_PLAN, 0,
				  "the plan that is expected was made for another state of the "
				  "host, or from another file"),
		     "what would be done now: apmatrix plan");
	return false;
}

static void text(struct apmatrix *apm, FILE *out)
{
	render_changes(apm, out);
	if (apm->report.dry_run && apm->report.changed && apm->report.plan)
		fprintf(out, "plan %s\n", apm->report.plan);
}

static const enum option options[] = {
	OPT_PRUNE, OPT_EXPECT, OPT_OWNER, OPT_ANY_OWNER, OPT_ALLOW_LOSS,
	OPT_FORCE, OPT_WAIT_GUEST, OPT_EXIT_CODE, OPT_NR
};

const struct command cmd_plan = {
	.name = "plan",
	.group = GROUP_PLAN,
	.operands = "[FILE]",
	.operand = ARG_FILE,
	.max_operands = 1,
	.summary = "show what apply would change",
	.description =
"Compares FILE (- is standard input, without one it is /etc/apmatrix/plan.json)\n"
"with the host and shows the difference. Conflicts are found before anything is\n"
"done: with what is active, with what is defined, with the host's own drivers.\n"
"The last line identifies the plan: apply --expect refuses it when the host has\n"
"changed in the meantime. With --exit-code, 9 means that there is a difference.\n"
"The file is described in apmatrix-plan(5).",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix plan fleet/lpar17.json\n"
"  apmatrix export | apmatrix plan - --exit-code",
	.check = check_plan,
	.plan = plan,
	.text = text,
};

const struct command cmd_apply = {
	.name = "apply",
	.group = GROUP_PLAN,
	.operands = "[FILE]",
	.operand = ARG_FILE,
	.max_operands = 1,
	.summary = "make the host what a file says",
	.description =
"Makes, changes and defines matrices so that they are as FILE (- is standard\n"
"input, without one it is /etc/apmatrix/plan.json) has them, all or nothing.\n"
"Applying it again changes nothing. What the file does not name is left alone,\n"
"unless --prune is given: then it is removed, but for the matrices of owners\n"
"other than --owner. The file is described in apmatrix-plan(5).",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix apply plan.json\n"
"  apmatrix apply plan.json --prune --owner ansible\n"
"  apmatrix apply plan.json --expect 0b3f3c2e-5b0c-5c38-8d5e-3f6c2f5d9f10",
	.check = check,
	.plan = plan,
	.text = text,
};
