// SPDX-License-Identifier: GPL-2.0-only
/* check: what gets in each other's way, before anything is started. */
#include <string.h>

#include "apmatrix.h"
#include "conflicts.h"
#include "input.h"
#include "kernel-abi.h"
#include "profile.h"
#include "target-check.h"

static bool is_shown(void *ctx, const struct matrix *matrix)
{
	const struct report *report = ctx;
	size_t i;

	for (i = 0; i < report->nr_shown; i++) {
		if (str_is(report->shown[i], matrix->uuid))
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

/* The other host only: what is wrong here is asked for without --target. */
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

static void check_here(struct apmatrix *apm)
{
	struct problems *warnings = &apm->report.warnings;
	struct pool_rule rule = { 0 };
	size_t i;

	read_all(apm);
	/* with driver overrides, masks alone do not tell whose a queue is */
	for (i = 0; i < apm->snap->nr_matrices &&
	     apm->snap->host.has_override; i++)
		read_queues(&apm->fs, apm->snap,
			    &apm->snap->matrices[i].definition);
	if (!select_matrices(apm))
		return;
	for (i = 0; i < warnings->nr; i++)
		conflict_unreadable(&apm->report.findings, &warnings->at[i]);
	problems_free(warnings);
	conflicts_find(apm->snap, read_rule(apm, &rule) ? &rule : NULL, is_shown,
		       &apm->report, &apm->report.findings);
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
					apm->report.findings.at[i].serious;
	return EXIT_CODE_OK;
}

static void text(struct apmatrix *apm, FILE *out)
{
	problems_list(&apm->report.findings, out);
	if (!apm->report.findings.nr && !apm->given[OPT_QUIET])
		fputs("no conflicts\n", out);
}

static const enum option options[] = { OPT_TARGET, OPT_EXIT_CODE, OPT_NR };

const struct command cmd_check = {
	.name = "check",
	.group = GROUP_PLAN,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "find what gets in each other's way before it starts",
	.description =
"Compares all definitions with each other, with what is active, with what the\n"
"host keeps now and after the next boot, and with the ids it can have; for all\n"
"matrices, or for those that are named. It changes nothing. With --exit-code,\n"
"9 means that something will not work.\n"
"\n"
"With --target, the matrices are compared with another host instead: would they\n"
"work there, and a guest that moves find the same? FILE is what\n"
"apmatrix host --json printed there.",
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
