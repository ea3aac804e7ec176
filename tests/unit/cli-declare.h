/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests of plan files share. */
#ifndef UNIT_CLI_DECLARE_H
#define UNIT_CLI_DECLARE_H

#include <string.h>

#include "core/declare.h"
#include "format/plan-file.h"

#define PLAN(matrices)	"{\"api_level\": 1, \"matrices\": [" matrices "]}"

/* How many targets a plan makes, which is accepted. */
static inline size_t declared(const struct snapshot *snap, const char *json, bool prune,
			      struct targets *targets)
{
	const struct declare_rules rules = { .prune = prune, .owner = "ansible" };
	struct problems errors = { 0 }, warnings = { 0 };
	struct complaint complaint = { 0 };
	struct plan_file file;

	assert_true(plan_file_parse(json, strlen(json), NULL, &file, &complaint));
	assert_true(declare(snap, &file, &rules, "plan", targets, &errors, &warnings));
	plan_file_free(&file);
	problems_free(&errors);
	problems_free(&warnings);
	return targets->nr;
}

#endif
