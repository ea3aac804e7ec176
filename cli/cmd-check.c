// SPDX-License-Identifier: GPL-2.0-only
/* check: what gets in each other's way, before anything is started. */
#include "apmatrix.h"
#include "conflicts.h"
#include "kernel-abi.h"

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

static int run(struct apmatrix *apm)
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
		return EXIT_CODE_OK;
	for (i = 0; i < warnings->nr; i++)
		conflict_unreadable(&apm->report.findings, &warnings->at[i]);
	problems_free(warnings);
	conflicts_find(apm->snap, read_rule(apm, &rule) ? &rule : NULL, is_shown,
		       &apm->report, &apm->report.findings);
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

static const enum option options[] = { OPT_EXIT_CODE, OPT_NR };

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
"9 means that something will not work.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix check\n"
"  apmatrix check web1 --exit-code",
	.terms_title = "Findings",
	.terms = conflict_terms,
	.run = run,
	.text = text,
};
