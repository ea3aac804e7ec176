// SPDX-License-Identifier: GPL-2.0-only
/* check: finds conflicts before anything is started. */
#include <stdlib.h>
#include <string.h>

#include "change/persist.h"
#include "context/alike.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/conflicts.h"
#include "core/declare.h"
#include "core/plan.h"
#include "core/target-check.h"
#include "format/pool-rule.h"
#include "format/profile.h"
#include "host/input.h"
#include "host/read-boot.h"
#include "host/read-queues.h"
#include "lib/paths.h"
#include "output/render-text.h"

static bool is_shown(void *ctx, const char *uuid)
{
	const struct report *report = ctx;
	size_t i;

	for (i = 0; i < report->nr_shown; i++) {
		if (str_is(report->shown[i], uuid))
			return true;
	}
	return false;
}

static bool read_rule(struct apmatrix *apm, struct pool_rule *rule)
{
	struct text text = { 0 };
	bool sets = !sysfs_read(&apm->fs, UDEV_RULE_FILE, &text) &&
		    pool_rule_parse(text_str(&text), rule);

	text_free(&text);
	return sets;
}

static struct snapshot *read_target(struct apmatrix *apm)
{
	const char *name = apm->value[OPT_TARGET];
	struct snapshot *there = snapshot_new();
	struct complaint complaint = { 0 };
	struct text text = { 0 };
	int ret = input_read(name, &text);

	if (ret)
		report_unreadable(apm, input_title(name), ret);
	else if (!profile_parse(text_str(&text), text.len, there, &complaint))
		report_complaint(apm, input_title(name), &complaint);
	text_free(&text);
	return there;
}

/* With --target only the other host is checked. */
static void check_target(struct apmatrix *apm)
{
	struct snapshot *there = read_target(apm);

	if (!apm->report.errors.nr) {
		read_all(apm);
		read_cards(&apm->fs, apm->snap);
		if (select_matrices(apm))
			target_check(apm->snap, there, is_shown, &apm->report,
				     &apm->report.findings);
	}
	snapshot_free(there);
}

/* Conflicts of the host's plan. */
struct planned {
	struct targets targets;
	struct problems errors;
	struct problems warnings;
};

static void read_host_plan(struct apmatrix *apm)
{
	struct complaint complaint = { 0 };
	int ret = select_host_plan(apm, &complaint);
	char *message;

	if (ret) {
		message = xasprintf("%s: %s", PLAN_FILE, complaint.message ?
				    complaint.message : strerror(-ret));
		conflict_unreadable(&apm->report.findings, message, NULL);
		free(message);
		if (apm->file)
			plan_file_free(apm->file);
		free(apm->file);
		apm->file = NULL;
	}
	complaint_free(&complaint);
}

/* A running guest is no conflict. */
static void plan_here(struct apmatrix *apm, struct planned *planned)
{
	static const struct declare_rules whole = { .partial = true };
	static const struct plan_rules rules = {
		.allow_loss = true, .force = true,
	};

	if (!apm->file)
		return;
	if (apm->file->pool)
		read_pool(apm);
	read_boot(&apm->fs, apm->snap);
	declare(apm->snap, apm->file, &whole, "plan", &planned->targets,
		&planned->errors, &planned->warnings);
	read_queues_of_targets(apm, &planned->targets);
	plan_check(apm->snap, &planned->targets, &rules, "plan",
		   &planned->errors, &planned->warnings);
}

/* The named matrices, or all; some may exist only in the plan. */
struct chosen {
	bool all;
	struct names uuids;
};

static bool is_chosen(void *ctx, const char *uuid)
{
	const struct chosen *chosen = ctx;

	return chosen->all || names_has(&chosen->uuids, uuid);
}

static const struct target *find_planned(const struct apmatrix *apm,
					 const struct targets *targets,
					 const char *operand)
{
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		const struct target *target = &targets->at[i];

		if ((str_is(target->name, operand) ||
		     str_is(target->uuid, operand)) &&
		    !snapshot_find(apm->snap, target->uuid))
			return target;
	}
	return NULL;
}

static bool choose(struct apmatrix *apm, const struct targets *targets,
		   struct chosen *chosen)
{
	bool good = true;
	size_t i;

	chosen->all = !apm->nr_operands ||
		      (apm->nr_operands == 1 && str_is(apm->operands[0], "all"));
	if (chosen->all)
		return select_matrices(apm);
	for (i = 0; i < apm->nr_operands; i++) {
		const char *operand = apm->operands[i];
		const struct target *target = find_planned(apm, targets, operand);
		const struct matrix *matrix =
			target ? NULL : select_matrix(apm, operand);

		if (matrix)
			report_show(&apm->report, matrix->uuid);
		good = good && (target || matrix);
		if (target || matrix)
			names_add(&chosen->uuids, target ? target->uuid :
							   matrix->uuid);
	}
	return good;
}

static void find_unlike(struct apmatrix *apm, const struct chosen *chosen)
{
	struct alike alike;
	size_t i;

	alike_begin(&alike, apm);
	for (i = 0; i < apm->snap->nr_matrices; i++) {
		const struct matrix *matrix = &apm->snap->matrices[i];
		struct text how = { 0 };
		struct problem *problem;

		if (is_chosen((void *)chosen, matrix->uuid) &&
		    alike_differs(&alike, matrix_content(matrix), &how)) {
			problem = problem_finding(&apm->report.findings,
						  &conflict_terms[CONFLICT_UNLIKE],
						  "%s: its queues differ in %s",
						  matrix_title(matrix), text_str(&how));
			problem_matrix(problem, matrix->uuid);
			problem->serious = apm->given[OPT_STRICT];
		}
		text_free(&how);
	}
	alike_end(&alike);
}

static void check_here(struct apmatrix *apm)
{
	struct problems *warnings = &apm->report.warnings;
	struct problems *findings = &apm->report.findings;
	struct planned planned = { 0 };
	struct pool_rule rule = { 0 };
	struct chosen chosen = { 0 };
	struct conflict_scope scope = { .wanted = is_chosen, .ctx = &chosen };
	size_t i;

	read_all(apm);
	/* with driver overrides, the masks alone do not decide */
	for (i = 0; i < apm->snap->nr_matrices &&
	     apm->snap->host.has_override; i++)
		read_queues(&apm->fs, apm->snap,
			    &apm->snap->matrices[i].definition);
	read_host_plan(apm);
	plan_here(apm, &planned);
	if (choose(apm, &planned.targets, &chosen)) {
		for (i = 0; i < warnings->nr; i++)
			conflict_unreadable(findings, warnings->at[i].message,
					    warnings->at[i].matrix);
		problems_free(warnings);
		scope.snap = apm->snap;
		scope.rule = read_rule(apm, &rule) ? &rule : NULL;
		scope.pool = apm->file ? apm->file->pool : NULL;
		conflicts_find(&scope, findings);
		if (chosen.all)
			persist_find(apm, findings);
		conflicts_find_plan(&scope, &planned.targets, &planned.errors,
				    &planned.warnings, findings);
		find_unlike(apm, &chosen);
	}
	names_free(&chosen.uuids);
	targets_free(&planned.targets);
	problems_free(&planned.errors);
	problems_free(&planned.warnings);
}

static int run(struct apmatrix *apm)
{
	size_t i;

	if (apm->given[OPT_TARGET])
		check_target(apm);
	else
		check_here(apm);
	for (i = 0; i < apm->report.findings.nr; i++)
		apm->report.different = apm->report.different ||
					apm->report.findings.at[i].serious ||
					conflict_is_drift(&apm->report.findings.at[i]);
	return EXIT_CODE_OK;
}

static void text(struct apmatrix *apm, FILE *out)
{
	render_findings(apm, out);
	if (!apm->report.findings.nr && !apm->given[OPT_QUIET])
		fputs("no conflicts\n", out);
}

static const enum option options[] = { OPT_TARGET, OPT_STRICT, OPT_EXIT_CODE, OPT_NR };

const struct command cmd_check = {
	.name = "check",
	.group = GROUP_PLAN,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "find conflicts before they happen",
	.description =
"Compares definitions with each other, with active matrices, with the queues that\n"
"the host reserves now and after the next boot, with the IDs that the machine can\n"
"have, and with /etc/apmatrix/plan.json. It changes nothing. --target compares\n"
"with another host; FILE is the output of apmatrix host --json there.\n"
"--exit-code: 9 on what is printed as a problem (with --strict also unlike), and on\n"
"drift and plan-differs; 0 if there are only other notes. Without MATRIX the findings\n"
"of apmatrix status are printed too, as notes: not-defined, masks-not-kept,\n"
"overrides-not-kept, no-starter.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix check\n"
"  apmatrix check web1 --exit-code\n"
"  ssh lpar18 apmatrix host --json | apmatrix check web1 --target -",
	.terms_title = "Findings",
	.terms = conflict_terms,
	.run = run,
	.text = text,
};
