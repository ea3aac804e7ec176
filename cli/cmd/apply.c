// SPDX-License-Identifier: GPL-2.0-only
/*
 * plan and apply: make the host match a plan file. plan is apply that stops before
 * the first write.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "change/transaction.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "core/declare.h"
#include "core/phrase.h"
#include "core/plan-id.h"
#include "format/plan-file.h"
#include "host/input.h"
#include "host/read-boot.h"
#include "lib/paths.h"
#include "output/render-text.h"

#define LEFT_SHOWN	4	/* names of matrices */

/* Reads the file of the command line, or the host's own plan. */
static int read_plan(struct apmatrix *apm, const char **name, struct text *text)
{
	*name = PLAN_FILE;
	if (apm->nr_operands) {
		*name = input_title(apm->operands[0]);
		return input_read(apm->operands[0], text);
	}
	return sysfs_read(&apm->fs, PLAN_FILE, text);
}

/* Reads before the lock is taken: the file may come from a slow pipe. */
static bool check(struct apmatrix *apm)
{
	struct complaint complaint = { 0 };
	struct text text = { 0 };
	char uuid[UUID_LEN + 1];
	const char *name;
	int ret;

	if (apm->given[OPT_EXPECT] && !parse_uuid(apm->value[OPT_EXPECT], uuid)) {
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
					  "--expect: invalid plan ID \"%s\"",
					  apm->value[OPT_EXPECT]),
			     "the plan ID is in the last line of apmatrix plan");
		return false;
	}
	ret = read_plan(apm, &name, &text);
	if (ret) {
		struct problem *problem = report_unreadable(apm, name, ret);

		if (ret == -ENOENT && !apm->nr_operands)
			problem_hint(problem, "name a FILE; apmatrix export >" PLAN_FILE
					      " writes the present state there");
	} else {
		apm->file = xnew(struct plan_file);
		if (!plan_file_parse(text_str(&text), text.len,
				     apm->value[OPT_SELECT], apm->file, &complaint)) {
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

static bool lacks_module(const struct apmatrix *apm,
			 const struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->nr && !apm->snap->host.module; i++) {
		if (targets->at[i].active)
			return true;
	}
	return false;
}

/* Without --prune, what the file does not name stays; that is told. */
static void note_left(struct apmatrix *apm, const struct declare_rules *rules)
{
	struct text text = { 0 }, pool = { 0 };
	struct declare_left left;

	if (rules->prune)
		return;
	declare_find_left(apm->snap, apm->file, rules, &left);
	if (left.matrices.nr)
		text_addf(&text, "%zu %s (", left.matrices.nr,
			  left.matrices.nr == 1 ? "matrix" : "matrices");
	names_join(&left.matrices, LEFT_SHOWN, &text);
	if (left.matrices.nr > LEFT_SHOWN)
		phrase_more(&text, (unsigned int)(left.matrices.nr - LEFT_SHOWN));
	text_add(&text, left.matrices.nr ? ")" : "");
	phrase_some(&pool, ", ", "adapters", &left.adapters);
	phrase_some(&pool, ", ", "domains", &left.domains);
	if (left.overrides)
		text_addf(&pool, "%s%zu driver override%s", pool.len ? ", " : "",
			  left.overrides, left.overrides == 1 ? "" : "s");
	if (pool.len)
		text_addf(&text, "%s%s for guests", text.len ? "; " : "", pool.at);
	if (text.len)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "not in the file and left as they are: %s. "
			    "--prune%s removes them", text.at,
			    left.foreign ? " --any-owner" : "");
	text_free(&text);
	text_free(&pool);
	declare_left_free(&left);
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	const struct declare_rules rules = {
		.prune = apm->given[OPT_PRUNE],
		.owner = apm->value[OPT_OWNER],
		.any_owner = apm->given[OPT_ANY_OWNER],
		.partial = apm->given[OPT_PARTIAL],
	};
	char id[UUID_LEN + 1], expected[UUID_LEN + 1];

	if (apm->file->pool)
		read_pool(apm);
	read_boot(&apm->fs, apm->snap);
	if (!declare(apm->snap, apm->file, &rules, apm->command->name, targets,
		     &apm->report.errors, &apm->report.warnings))
		return false;
	if (lacks_module(apm, targets)) {
		report_no_module(apm);
		if (!rules.partial)
			return false;
	}
	note_left(apm, &rules);
	declare_id(apm->snap, targets, id);
	apm->report.plan = xstrdup(id);
	if (!apm->given[OPT_EXPECT])
		return true;
	parse_uuid(apm->value[OPT_EXPECT], expected);
	if (str_is(id, expected))
		return true;
	problem_hint(report_error(apm, EXIT_CODE_STALE_PLAN, 0,
				  "the host or the file has changed "
				  "since the plan was made"),
		     "apmatrix plan shows the present plan");
	return false;
}

/* part by part */

static bool has_error(const struct problems *errors, size_t from,
		      const char *uuid)
{
	for (; from < errors->nr; from++) {
		const char *matrix = errors->at[from].matrix;

		if (uuid ? str_is(matrix, uuid) : !matrix)
			return true;
	}
	return false;
}

/* Reports the targets of a failed part that have no error of their own (since from). */
static void tell_left_out(struct apmatrix *apm, const struct targets *part,
			  struct problems *errors, size_t from)
{
	static const char because[] = "skipped: it depends on a change that failed";
	enum exit_code code = errors->at[from].code;
	size_t i;

	if (errors->at[from].err == EINTR)
		return;
	if (!host_target_empty(&part->host) && !has_error(errors, from, NULL))
		problem_add(errors, code, 0, "%s: the pool is %s",
			    apm->command->name, because);
	for (i = 0; i < part->nr; i++) {
		const char *uuid = part->at[i].uuid;

		if (!has_error(errors, from, uuid))
			problem_matrix(problem_add(errors, code, 0, "%s %s: %s",
						   apm->command->name,
						   targets_title(part, apm->snap,
								 uuid),
						   because), uuid);
	}
}

/*
 * In a preview nothing is applied, so each part is checked together with the parts
 * before it that are possible; they are shown as one change.
 */
static void show_parts(struct apmatrix *apm, struct targets *list, size_t nr,
		       struct parts *parts)
{
	const struct plan_rules rules = transaction_rules(apm);
	struct targets all = { .host = list[0].host };
	size_t i, j;

	list[0].host = (struct host_target){ 0 };
	for (i = 0; i < nr; i++) {
		struct problems errors = { 0 }, ignored = { 0 };
		size_t before = all.nr;

		if (lacks_module(apm, &list[i])) {
			tell_left_out(apm, &list[i], &parts->errors, 0);
			continue;
		}
		read_queues_of_targets(apm, &list[i]);
		for (j = 0; j < list[i].nr; j++)
			targets_take(&all, &list[i].at[j]);
		list[i].nr = 0;
		plan_check(apm->snap, &all, &rules, apm->command->name, &errors,
			   &ignored);
		if (errors.nr) {
			while (all.nr > before)
				targets_take(&list[i], &all.at[--all.nr]);
			if (!i) {
				list[i].host = all.host;
				all.host = (struct host_target){ 0 };
			}
			tell_left_out(apm, &list[i], &errors, 0);
		}
		problems_move(&parts->errors, &errors);
		problems_free(&ignored);
	}
	parts_run(parts, apm, &all);
	targets_free(&all);
}

static void apply_parts(struct apmatrix *apm, struct targets *targets)
{
	struct parts parts = { 0 };
	struct targets *list;
	size_t i, nr, before;

	/* what is impossible on this host is already left out */
	problems_move(&parts.errors, &apm->report.errors);
	nr = plan_split(apm->snap, targets, &list);
	if (apm->given[OPT_DRY_RUN]) {
		show_parts(apm, list, nr, &parts);
	} else {
		for (i = 0; i < nr; i++) {
			before = parts.errors.nr;
			if (!list[i].nr && host_target_empty(&list[i].host))
				continue;
			if (lacks_module(apm, &list[i]))
				tell_left_out(apm, &list[i], &parts.errors, 0);
			else if (!parts_run(&parts, apm, &list[i]) &&
				 parts.errors.nr > before)
				tell_left_out(apm, &list[i], &parts.errors, before);
		}
	}
	parts_end(&parts, apm);
	for (i = 0; i < nr; i++)
		targets_free(&list[i]);
	free(list);
}

static int run(struct apmatrix *apm)
{
	struct targets targets = { 0 };

	if (!apm->given[OPT_PARTIAL]) {
		transaction(apm);
		return EXIT_CODE_OK;
	}
	if (apm->command->check(apm)) {
		if (transaction_begin(apm) && plan(apm, &targets))
			apply_parts(apm, &targets);
		transaction_end(apm);
	}
	targets_free(&targets);
	return EXIT_CODE_OK;
}

static void text(struct apmatrix *apm, FILE *out)
{
	render_changes(apm, out);
	if (apm->report.dry_run && apm->report.changed && apm->report.plan)
		fprintf(out, "plan %s\n", apm->report.plan);
}

static const enum option options[] = {
	OPT_SELECT, OPT_PRUNE, OPT_PARTIAL, OPT_EXPECT, OPT_OWNER, OPT_ANY_OWNER,
	OPT_ALLOW_LOSS, OPT_STRICT, OPT_FORCE, OPT_WAIT_GUEST, OPT_CONFIRM, OPT_EXIT_CODE,
	OPT_NR
};

const struct command cmd_plan = {
	.name = "plan",
	.group = GROUP_PLAN,
	.operands = "[FILE]",
	.operand = ARG_FILE,
	.max_operands = 1,
	.summary = "compare a plan file with the host",
	.description =
"Shows what apply would change. FILE is /etc/apmatrix/plan.json by default, and -\n"
"is standard input; see apmatrix-plan(5). The last line is the ID of the plan,\n"
"for apply --expect.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix plan fleet/lpar17.json\n"
"  apmatrix export | apmatrix plan - --prune --any-owner --exit-code",
	.check = check_plan,
	.plan = plan,
	.run = run,
	.text = text,
};

const struct command cmd_apply = {
	.name = "apply",
	.group = GROUP_PLAN,
	.operands = "[FILE]",
	.operand = ARG_FILE,
	.max_operands = 1,
	.summary = "make the host match a plan file",
	.description =
"Creates, changes and defines matrices so that they match FILE: all or nothing,\n"
"unless --partial is given. FILE is /etc/apmatrix/plan.json by default, and - is\n"
"standard input; see apmatrix-plan(5). What FILE does not name is left alone and\n"
"told; --prune --any-owner removes it.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix apply plan.json\n"
"  apmatrix apply plan.json --prune --owner ansible\n"
"  apmatrix apply all.json --prune --any-owner\n"
"  apmatrix apply plan.json --select night\n"
"  apmatrix apply --partial --json | jq .errors\n"
"  apmatrix apply plan.json --expect 0b3f3c2e-5b0c-5c38-8d5e-3f6c2f5d9f10",
	.check = check,
	.plan = plan,
	.run = run,
	.text = text,
};
