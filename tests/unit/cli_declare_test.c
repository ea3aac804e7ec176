// SPDX-License-Identifier: GPL-2.0-only
/* From a plan file to what is wanted of matrices and host. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cli-declare.h"
#include "cli-host.h"
#include "lib/text.h"

/* Refused with this code; `partial`: what else the file has is done. */
static void declares_not(const struct snapshot *snap, const char *json, bool partial,
			 enum exit_code code, size_t nr_targets)
{
	const struct declare_rules rules = { .partial = partial, .prune = true };
	struct problems errors = { 0 }, warnings = { 0 };
	struct complaint complaint = { 0 };
	struct targets targets = { 0 };
	struct plan_file file;

	assert_true(plan_file_parse(json, strlen(json), NULL, &file, &complaint));
	assert_int_equal(declare(snap, &file, &rules, "plan", &targets, &errors, &warnings),
			 partial);
	assert_int_equal(problems_code(&errors), code);
	assert_int_equal(targets.nr, nr_targets);
	plan_file_free(&file);
	targets_free(&targets);
	problems_free(&errors);
	problems_free(&warnings);
}

/* what a pool of the plan wants of the host */
static struct host_target pool_of(const struct snapshot *snap, const char *pool, bool prune)
{
	struct text json = { 0 };
	struct targets targets = { 0 };

	text_addf(&json, "{\"api_level\": 1, \"pool\": {%s}}", pool);
	declared(snap, text_str(&json), prune, &targets);
	text_free(&json);
	return targets.host;
}

#define FIRST	"{\"uuid\": \"00000000-0000-4000-8000-000000000001\", "
#define SECOND	"{\"uuid\": \"00000000-0000-4000-8000-000000000002\", "

/* An owner or a comment that differs, or a name that is to outlive a reboot. */
static void what_has_another_name(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix = new_matrix(snap, 0, "5", "4");
	struct targets targets = { 0 };

	(void)state;
	matrix->name = xstrdup("a");
	matrix->transient_name = true;
	assert_int_equal(declared(snap, PLAN("{\"name\": \"a\", \"owner\": \"dba\", "
					     "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 1);
	assert_true(targets.at[0].touch_name);
	assert_string_equal(targets.at[0].owner, "dba");
	targets_free(&targets);
	assert_int_equal(declared(snap, PLAN("{\"name\": \"a\", \"comment\": \"c\", "
					     "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 1);
	assert_string_equal(targets.at[0].comment, "c");
	targets_free(&targets);
	matrix->transient_name = false;
	assert_int_equal(declared(snap, PLAN("{\"name\": \"a\", \"adapters\": [5], "
					     "\"domains\": [4]}"), false, &targets), 1);
	assert_true(targets.at[0].transient_name);
	targets_free(&targets);
	/* one without a name that has an owner */
	free(matrix->name);
	matrix->name = NULL;
	matrix->owner = xstrdup("dba");
	assert_int_equal(declared(snap, PLAN(FIRST "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 1);
	targets_free(&targets);
	assert_int_equal(declared(snap, PLAN(FIRST "\"owner\": null, "
					     "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 1);
	assert_null(targets.at[0].owner);
	targets_free(&targets);
	free(matrix->owner);
	matrix->owner = NULL;
	matrix->comment = xstrdup("c");
	assert_int_equal(declared(snap, PLAN(FIRST "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 1);
	targets_free(&targets);
	free(matrix->comment);
	matrix->comment = NULL;
	assert_int_equal(declared(snap, PLAN(FIRST "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 0);
	/* what it has assigned is not known: it is written */
	matrix->assigned_known = false;
	assert_int_equal(declared(snap, PLAN(FIRST "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 1);
	targets_free(&targets);
	snapshot_free(snap);
}

/* What a plan leaves as it is, though it is not in it. */
static void what_is_left(void **state)
{
	struct snapshot *snap = new_host();
	const struct declare_rules rules = { .owner = "ansible" };
	struct complaint complaint = { 0 };
	struct declare_left left;
	struct plan_file file;
	static const char json[] =
		"{\"api_level\": 1, \"pool\": {\"adapters\": [5]}, \"matrices\": []}";

	(void)state;
	new_matrix(snap, 0, "5", "4")->owner = xstrdup("ansible");
	assert_true(plan_file_parse(json, strlen(json), NULL, &file, &complaint));
	declare_find_left(snap, &file, &rules, &left);
	assert_int_equal(left.matrices.nr, 1);
	assert_false(left.foreign);
	assert_true(apm_mask_test(&left.adapters, 6));
	declare_left_free(&left);
	new_matrix(snap, 1, "6", "4")->owner = xstrdup("dba");
	snap->host.perm_known = false;
	declare_find_left(snap, &file, &rules, &left);
	assert_int_equal(left.matrices.nr, 2);
	assert_true(left.foreign);
	assert_true(apm_mask_empty(&left.adapters));
	declare_left_free(&left);
	plan_file_free(&file);
	snapshot_free(snap);
}

/* Its definition, if that is not kept; what it is called, if there is anything. */
static void what_goes_with_a_matrix(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix = new_matrix(snap, 0, "5", "4");
	struct targets targets = { 0 };
	struct target *target;

	(void)state;
	target = targets_remove(&targets, matrix, true);
	assert_false(target->active || target->touch_definition || target->touch_name);
	targets_free(&targets);
	matrix->defined = true;
	matrix->start = START_MANUAL;
	matrix->comment = xstrdup("c");
	target = targets_remove(&targets, matrix, true);
	assert_false(target->active || target->touch_definition || target->touch_name);
	targets_free(&targets);
	target = targets_remove(&targets, matrix, false);
	assert_true(target->touch_definition && target->touch_name);
	targets_free(&targets);
	free(matrix->comment);
	matrix->comment = NULL;
	matrix->owner = xstrdup("dba");
	target = targets_remove(&targets, matrix, false);
	assert_true(target->touch_name && !target->owner);
	targets_free(&targets);
	free(matrix->owner);
	matrix->owner = NULL;
	assert_false(targets_remove(&targets, matrix, false)->touch_name);
	targets_free(&targets);
	snapshot_free(snap);
}

/* A definition that is to be active differs in nothing else. */
static void what_is_defined_starts_or_ends(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix = snapshot_matrix(snap, uuids[0]);
	struct targets targets = { 0 };

	(void)state;
	matrix->defined = true;
	matrix->start = START_MANUAL;
	matrix->definition = matrix_of("5", "4");
	assert_int_equal(declared(snap, PLAN(FIRST "\"start\": \"manual\", \"active\": false, "
					     "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 0);
	assert_int_equal(declared(snap, PLAN(FIRST "\"start\": \"manual\", "
					     "\"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 1);
	assert_true(targets.at[0].active && !targets.at[0].touch_definition);
	targets_free(&targets);
	snapshot_free(snap);
}

static void what_a_plan_cannot_want(void **state)
{
	struct snapshot *snap = new_host();

	(void)state;
	/* neither active nor defined, known by its name or its uuid */
	declares_not(snap, PLAN("{\"name\": \"a\", \"active\": false, \"adapters\": [5]},"
				"{\"name\": \"b\", \"adapters\": [5], \"domains\": [4]}"),
		     false, EXIT_CODE_USAGE, 0);
	declares_not(snap, PLAN(FIRST "\"active\": false, \"adapters\": [5]},"
				"{\"name\": \"b\", \"adapters\": [5], \"domains\": [4]}"),
		     true, EXIT_CODE_USAGE, 1);
	/* the same one twice, by its uuid and its name */
	new_matrix(snap, 1, "7", "4")->name = xstrdup("c");
	declares_not(snap, PLAN("{\"name\": \"a\", \"adapters\": [5], \"domains\": [4]},"
				SECOND "\"adapters\": [6], \"domains\": [5]},"
				"{\"name\": \"c\", \"adapters\": [6], \"domains\": [4]}"),
		     true, EXIT_CODE_USAGE, 2);
	/* a name that two have: none of them is pruned */
	new_matrix(snap, 0, "5", "4")->name = xstrdup("a");
	new_matrix(snap, 2, "6", "4")->name = xstrdup("a");
	declares_not(snap, PLAN("{\"name\": \"a\", \"adapters\": [5], \"domains\": [4]}"),
		     true, EXIT_CODE_CONFLICT, 0);
	/* a pool, on a machine without AP bus */
	snap->host.perm_known = false;
	declares_not(snap, "{\"api_level\": 1, \"pool\": {\"adapters\": [5]}}", false,
		     EXIT_CODE_UNSUPPORTED, 0);
	snapshot_free(snap);
}

static void a_pool_by_overrides(void **state)
{
	struct snapshot *snap = new_host();
	struct host_target to;
	unsigned int apid, apqi;

	(void)state;
	snap->host.apmask = mask_of("0-255");
	snap->host.has_override = true;
	for (apid = 5; apid <= 7; apid++) {
		for (apqi = 4; apqi <= 6; apqi++)
			snapshot_queue(snap, apid, apqi)->driver =
				snapshot_driver(snap, "cex4queue");
	}
	for (apid = 5; apid <= 6; apid++) {
		snapshot_queue(snap, apid, 4)->override = true;
		snapshot_queue(snap, apid, 4)->driver = DRIVER_VFIO_AP;
		snap->host.overrides++;
	}
	/* what it has: nothing is to be done, and no rule for boots is made of overrides */
	to = pool_of(snap, "\"queues\": [\"05.0004\", \"06.0004\"], \"persist\": true", true);
	assert_true(host_target_empty(&to));
	to = pool_of(snap, "\"domains\": [4]", true);
	assert_int_equal(to.nr_overrides, 1);
	assert_int_equal(to.overrides[0].apid, 7);
	host_target_free(&to);
	to = pool_of(snap, "\"adapters\": [5]", true);
	assert_int_equal(to.nr_overrides, 3);
	host_target_free(&to);
	snap->host.overrides = 0;
	snapshot_queue(snap, 5, 4)->override = snapshot_queue(snap, 6, 4)->override = false;
	to = pool_of(snap, "\"queues\": [\"05.0005\"], \"persist\": true", false);
	assert_int_equal(to.nr_overrides, 1);
	assert_false(to.touch_rule);
	host_target_free(&to);
	snapshot_free(snap);
}

/* What the next boot has, whatever the rule sets now. */
static void a_rule_for_boots(void **state)
{
	static const char want[] = "\"adapters\": [5], \"at_boot\": "
				   "{\"adapters\": [5], \"domains\": [4]}";
	struct snapshot *snap = new_host();
	struct pool_rule *rule = &snap->boot.rule;
	struct host_target to;

	(void)state;
	to = pool_of(snap, want, false);
	assert_true(to.touch_rule && !to.remove_rule);
	*rule = to.rule;
	to = pool_of(snap, want, false);
	assert_false(to.touch_rule);
	apm_mask_clear(&rule->aqmask, 9);
	to = pool_of(snap, want, false);
	assert_true(to.touch_rule);
	rule->has_aqmask = false;
	to = pool_of(snap, want, false);
	assert_true(to.touch_rule);
	to = pool_of(snap, "\"adapters\": [5], \"at_boot\": null", false);
	assert_true(to.touch_rule && to.remove_rule);
	*rule = (struct pool_rule){ .has_aqmask = true };
	to = pool_of(snap, want, false);
	assert_true(to.touch_rule);
	to = pool_of(snap, "\"adapters\": [5], \"at_boot\": null", false);
	assert_true(to.touch_rule && to.remove_rule);
	rule->has_aqmask = false;
	to = pool_of(snap, "\"adapters\": [5], \"at_boot\": null", false);
	assert_false(to.touch_rule);
	snapshot_free(snap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_another_name),
		cmocka_unit_test(what_is_left),
		cmocka_unit_test(what_goes_with_a_matrix),
		cmocka_unit_test(what_is_defined_starts_or_ends),
		cmocka_unit_test(what_a_plan_cannot_want),
		cmocka_unit_test(a_pool_by_overrides),
		cmocka_unit_test(a_rule_for_boots),
	};

	return cmocka_run_group_tests_name("declare", tests, NULL, NULL);
}
