// SPDX-License-Identifier: GPL-2.0-only
/* Conflicts, here and on another host, without any files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/conflicts.h"
#include "core/target-check.h"
#include "lib/text.h"

static const char *const uuids[] = {
	"00000000-0000-4000-8000-000000000001",
	"00000000-0000-4000-8000-000000000002",
};

static struct snapshot *host(void)
{
	struct snapshot *snap = snapshot_new();
	unsigned int dim;

	snap->host.bus = snap->host.module = snap->host.perm_known = true;
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		snap->host.limits.max[dim] = 255;
		memset(&snap->host.config.dim[dim], 0xff, sizeof(struct apm_mask));
	}
	memset(&snap->host.aqmask, 0xff, sizeof(struct apm_mask));
	snap->cards[5] = (struct card){
		.present = true, .hwtype = APM_TYPE_CEX4 + 4, .functions = 0x10000000,
		.config = 1,
	};
	return snap;
}

static struct matrix *define(struct snapshot *snap, unsigned int nr,
			     enum start_mode start, unsigned int apqi)
{
	struct matrix *matrix = snapshot_matrix(snap, uuids[nr]);

	matrix->defined = true;
	matrix->start = start;
	apm_mask_set(&matrix->definition.dim[APM_DIM_ADAPTER], 5);
	apm_mask_set(&matrix->definition.dim[APM_DIM_DOMAIN], apqi);
	return matrix;
}

/* ctx: one uuid, or NULL for all. */
static bool wanted(void *ctx, const char *uuid)
{
	return !ctx || str_is(ctx, uuid);
}

static void finds(struct snapshot *snap, const struct pool_rule *rule,
		  const char *word)
{
	const struct conflict_scope scope = {
		.snap = snap, .rule = rule, .wanted = wanted,
	};
	struct problems findings = { 0 };

	conflicts_find(&scope, &findings);
	assert_int_equal(findings.nr, word ? 1 : 0);
	if (word)
		assert_string_equal(findings.at[0].word, word);
	problems_free(&findings);
}

static void two_names_alike(void **state)
{
	struct snapshot *snap = host();

	(void)state;
	define(snap, 0, START_AUTO, 1)->name = xstrdup("web1");
	define(snap, 1, START_AUTO, 2)->name = xstrdup("web");
	finds(snap, NULL, NULL);
	free(snap->matrices[1].name);
	snap->matrices[1].name = xstrdup("web1");
	finds(snap, NULL, "names-alike");
	snapshot_free(snap);
}

static void definitions_that_share(void **state)
{
	struct snapshot *snap = host();

	(void)state;
	define(snap, 0, START_AUTO, 1);
	define(snap, 1, START_AUTO, 1);
	finds(snap, NULL, "definitions-collide");
	snap->matrices[1].start = START_MANUAL;
	finds(snap, NULL, "definitions-exclude");
	snap->matrices[1].defined = false;
	snap->matrices[1].active = true;
	snap->matrices[1].assigned = snap->matrices[1].definition;
	finds(snap, NULL, "taken");
	snap->matrices[1].active = false;
	finds(snap, NULL, NULL);
	/* whichever of the two comes first */
	snap->matrices[1].defined = true;
	snap->matrices[0].defined = false;
	snap->matrices[0].active = true;
	snap->matrices[0].assigned = snap->matrices[0].definition;
	finds(snap, NULL, "taken");
	snapshot_free(snap);
}

static void limits_and_masks(void **state)
{
	struct pool_rule rule = { .has_apmask = true };
	struct snapshot *snap = host();

	(void)state;
	define(snap, 0, START_AUTO, 100);
	finds(snap, &rule, NULL);
	apm_mask_set(&rule.apmask, 5);
	finds(snap, &rule, "reserved-at-boot");
	/* a mask that the rule does not set is all ones at boot */
	rule = (struct pool_rule){ .has_aqmask = true };
	finds(snap, &rule, NULL);
	apm_mask_set(&rule.aqmask, 100);
	finds(snap, &rule, "reserved-at-boot");
	snap->matrices[0].start = START_MANUAL;
	finds(snap, &rule, NULL);
	apm_mask_set(&snap->host.apmask, 5);
	finds(snap, NULL, "reserved");
	memset(&snap->host.apmask, 0, sizeof(struct apm_mask));
	snap->host.limits.max[APM_DIM_DOMAIN] = 99;
	finds(snap, NULL, "beyond-limits");
	snapshot_free(snap);
}

/* What the pool of the host's plan gives is nobody else's; the rest counts. */
static void what_the_plan_gives(void **state)
{
	struct pool_rule rule = { .has_apmask = true };
	struct wanted_pool pool = { 0 };
	struct snapshot *snap = host();
	const struct conflict_scope scope = {
		.snap = snap, .rule = &rule, .pool = &pool, .wanted = wanted,
	};
	struct problems findings = { 0 };

	(void)state;
	define(snap, 0, START_AUTO, 1);
	define(snap, 0, START_AUTO, 2);
	apm_mask_set(&rule.apmask, 5);
	snap->host.apmask = rule.apmask;
	apm_mask_set(&pool.queues[5], 1);
	conflicts_find(&scope, &findings);
	assert_int_equal(findings.nr, 2);
	assert_string_equal(findings.at[0].word, "reserved");
	assert_string_equal(findings.at[0].apqn, "05.0002");
	assert_string_equal(findings.at[1].word, "reserved-at-boot");
	assert_string_equal(findings.at[1].apqn, "05.0002");
	problems_free(&findings);
	apm_mask_set(&pool.domains, 2);
	conflicts_find(&scope, &findings);
	assert_int_equal(findings.nr, 0);
	pool.method = POOL_OVERRIDE;
	conflicts_find_plan(&scope, &(struct targets){ 0 }, &findings, &findings,
			    &findings);
	assert_int_equal(findings.nr, 1);
	assert_string_equal(findings.at[0].word, "plan-pool");
	problems_free(&findings);
	/* the kernel takes overrides with masks of all ones */
	memset(&rule.apmask, 0xff, sizeof(rule.apmask));
	conflicts_find_plan(&scope, &(struct targets){ 0 }, &findings, &findings, &findings);
	assert_int_equal(findings.nr, 0);
	rule.has_aqmask = true;
	conflicts_find_plan(&scope, &(struct targets){ 0 }, &findings, &findings, &findings);
	assert_string_equal(findings.at[0].word, "plan-pool");
	problems_free(&findings);
	rule = (struct pool_rule){ .has_aqmask = true };
	memset(&rule.aqmask, 0xff, sizeof(rule.aqmask));
	conflicts_find_plan(&scope, &(struct targets){ 0 }, &findings, &findings, &findings);
	assert_int_equal(findings.nr, 0);
	snapshot_free(snap);
}

static void plan_finds(const struct conflict_scope *scope,
		       const struct targets *targets,
		       const struct problems *errors,
		       const struct problems *warnings, const char *words)
{
	struct problems findings = { 0 };
	struct text found = { 0 };
	size_t i;

	conflicts_find_plan(scope, targets, errors, warnings, &findings);
	for (i = 0; i < findings.nr; i++)
		text_addf(&found, "%s%s", i ? " " : "", findings.at[i].word);
	assert_string_equal(text_str(&found), words);
	text_free(&found);
	problems_free(&findings);
}

static void what_the_plan_wants(void **state)
{
	struct snapshot *snap = host();
	struct conflict_scope scope = { .snap = snap, .wanted = wanted };
	struct pool_rule rule = { .has_apmask = true };
	struct problems errors = { 0 }, warnings = { 0 };
	struct targets targets = { 0 };
	struct target *target;

	(void)state;
	target = targets_add(&targets, define(snap, 0, START_MANUAL, 1));
	plan_finds(&scope, &targets, &errors, &warnings, "");
	target->active = true;
	plan_finds(&scope, &targets, &errors, &warnings, "plan-differs");
	target->active = false;
	target->touch_definition = true;
	plan_finds(&scope, &targets, &errors, &warnings, "plan-differs");
	target->start = START_AUTO;
	apm_mask_set(&rule.apmask, 5);
	scope.rule = &rule;
	plan_finds(&scope, &targets, &errors, &warnings,
		   "plan-differs reserved-at-boot");
	problem_holder(problem_matrix(problem_add(&errors, EXIT_CODE_CONFLICT, 0,
						  "no"), uuids[0]), uuids[1]);
	problem_add(&warnings, EXIT_CODE_OK, 0, "other queues go along");
	problem_add(&warnings, EXIT_CODE_CONFLICT, 0, "one of them");
	plan_finds(&scope, &targets, &errors, &warnings,
		   "plan-refused plan-excludes plan-differs reserved-at-boot");
	/* whom it concerns: the matrix itself, or who is in its way */
	scope.ctx = (void *)uuids[1];
	plan_finds(&scope, &targets, &errors, &warnings,
		   "plan-refused plan-excludes");
	scope.ctx = (void *)"somebody else";
	plan_finds(&scope, &targets, &errors, &warnings, "plan-excludes");
	problems_free(&errors);
	/* that a queue cannot return to the host concerns only who has it */
	problem_holder(problem_add(&errors, EXIT_CODE_BUSY, 0, "no"), uuids[0]);
	plan_finds(&scope, &targets, &errors, &warnings, "plan-excludes");
	scope.ctx = (void *)uuids[1];
	plan_finds(&scope, &targets, &errors, &warnings, "plan-excludes");
	problem_matrix(problem_add(&errors, EXIT_CODE_NOT_FOUND, 0, "no"), uuids[1]);
	plan_finds(&scope, &targets, &errors, &warnings, "plan-refused plan-excludes");
	problems_free(&errors);
	problems_free(&warnings);
	targets_free(&targets);
	snapshot_free(snap);
}

/* Its name, what it has, and whether it is there; its definition in other words. */
static void an_active_matrix_and_the_plan(void **state)
{
	struct snapshot *snap = host();
	struct conflict_scope scope = { .snap = snap, .wanted = wanted };
	struct problems none = { 0 };
	struct targets targets = { 0 };
	struct matrix *matrix = define(snap, 0, START_NONE, 1);
	struct target *target;

	(void)state;
	matrix->active = true;
	matrix->assigned = matrix->definition;
	matrix->defined = false;
	target = targets_add(&targets, matrix);
	plan_finds(&scope, &targets, &none, &none, "");
	target_set_name(target, "new", NULL, NULL, false);
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	target->touch_name = false;
	apm_mask_set(&target->assigned.dim[APM_DIM_DOMAIN], 2);
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	target->touch_definition = true;
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	targets_free(&targets);
	snapshot_free(snap);
}

/* Overrides, drivers, masks and the rule for the next boot. */
static void the_pool_and_the_plan(void **state)
{
	struct snapshot *snap = host();
	struct conflict_scope scope = { .snap = snap, .wanted = wanted };
	struct problems none = { 0 };
	struct pool_rule rule = { .has_apmask = true, .has_aqmask = true };
	struct targets targets = { 0 };
	struct host_target *to = &targets.host;

	(void)state;
	overrides_add(&to->overrides, &to->nr_overrides, 5, 1, true);
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	host_target_free(to);
	overrides_add(&to->binds, &to->nr_binds, 5, 1, true);
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	host_target_free(to);
	to->touch_masks = true;
	to->aqmask = snap->host.aqmask;
	plan_finds(&scope, &targets, &none, &none, "");
	apm_mask_clear(&to->aqmask, 1);
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	*to = (struct host_target){ .touch_rule = true, .rule = rule };
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	scope.rule = &rule;
	plan_finds(&scope, &targets, &none, &none, "");
	apm_mask_set(&to->rule.aqmask, 1);
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	apm_mask_set(&to->rule.apmask, 1);
	plan_finds(&scope, &targets, &none, &none, "plan-differs");
	targets_free(&targets);
	snapshot_free(snap);
}

static void misses(const struct snapshot *here, const struct snapshot *there,
		   const char *word)
{
	struct problems findings = { 0 };

	target_check(here, there, wanted, NULL, &findings);
	assert_int_equal(findings.nr, word ? 1 : 0);
	if (word)
		assert_string_equal(findings.at[0].word, word);
	problems_free(&findings);
}

static void another_host(void **state)
{
	struct snapshot *here = host(), *there = host();
	struct card *card = &there->cards[5];

	(void)state;
	define(here, 0, START_AUTO, 100);
	misses(here, there, NULL);
	there->host.module = false;
	misses(here, there, "target-no-vfio-ap");
	there->host.module = true;
	card->hwtype--;
	misses(here, there, "target-adapter-differs");
	card->hwtype += 2;
	misses(here, there, NULL);
	card->functions = 0x04000000;
	misses(here, there, "target-adapter-differs");
	card->functions = here->cards[5].functions | 0x80000000;
	misses(here, there, "target-adapter-differs");
	card->functions = here->cards[5].functions | 1;
	misses(here, there, NULL);
	/* what a profile does not tell is not compared */
	card->functions = 1;
	misses(here, there, "target-adapter-differs");
	card->functions = here->cards[5].functions;
	here->cards[5].functions = 1;
	misses(here, there, "target-adapter-differs");
	here->cards[5].functions = card->functions;
	card->hwtype = 0;
	misses(here, there, NULL);
	card->hwtype = here->cards[5].hwtype;
	card->config = 0;
	misses(here, there, "target-adapter-off");
	card->config = -1;
	card->chkstop = 1;
	misses(here, there, "target-adapter-off");
	card->chkstop = 0;
	card->present = false;
	misses(here, there, NULL);
	card->present = true;
	here->cards[5].present = false;
	card->hwtype = 1;
	misses(here, there, NULL);
	here->cards[5].present = true;
	card->hwtype = here->cards[5].hwtype;
	there->host.perm_known = false;
	misses(here, there, "target-unknown");
	there->host.perm_known = true;
	there->host.module = there->host.bus = false;
	misses(here, there, "target-no-vfio-ap");
	there->host.module = there->host.bus = true;
	apm_mask_set(&there->host.apmask, 5);
	misses(here, there, "target-reserved");
	memset(&there->host.apmask, 0xff, sizeof(struct apm_mask));
	there->host.overrides = 1;
	misses(here, there, "target-unknown");
	memset(&there->host.apmask, 0, sizeof(struct apm_mask));
	memset(&there->host.config.dim[APM_DIM_DOMAIN], 0, sizeof(struct apm_mask));
	misses(here, there, "target-lacks");
	apm_mask_set(&here->matrices[0].definition.dim[APM_DIM_DOMAIN], 200);
	misses(here, there, "target-lacks");
	/* of a running guest counts what it has */
	here->matrices[0].active = here->matrices[0].guest_known = true;
	here->matrices[0].state = MATRIX_IN_USE;
	here->matrices[0].assigned = here->matrices[0].definition;
	misses(here, there, NULL);
	here->matrices[0].guest_known = false;
	misses(here, there, "target-lacks");
	snapshot_free(here);
	snapshot_free(there);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_names_alike),
		cmocka_unit_test(definitions_that_share),
		cmocka_unit_test(limits_and_masks),
		cmocka_unit_test(what_the_plan_gives),
		cmocka_unit_test(what_the_plan_wants),
		cmocka_unit_test(an_active_matrix_and_the_plan),
		cmocka_unit_test(the_pool_and_the_plan),
		cmocka_unit_test(another_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
