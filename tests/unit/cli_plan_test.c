// SPDX-License-Identifier: GPL-2.0-only
/* From what is wanted to steps in the right order, and what speaks against it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cli-declare.h"
#include "cli-host.h"
#include "core/cure.h"
#include "core/plan-id.h"
#include "core/plan.h"
#include "lib/text.h"

/* Target number nr is to have these, whether it exists or not. */
static struct target *wants(const struct snapshot *snap, struct targets *targets,
			    unsigned int nr, const char *adapters, const char *domains)
{
	const struct matrix *matrix = snapshot_find(snap, uuids[nr]);
	struct target *target = matrix ? targets_add(targets, matrix) :
					 targets_add_new(targets, uuids[nr]);

	target->active = adapters;
	target->assigned = matrix_of(adapters, domains);
	return target;
}

/*
 * The steps in short: +1 makes matrix 1, -1 removes it, =1 writes it as a whole, 1+a5 and 1-d4
 * are single ids, apmask and aqmask masks, o+ and o- overrides, b+ a bind.
 */
static void add_step_text(const struct step *step, struct text *text)
{
	static const char axes[] = "adc";
	char nr = step->uuid[UUID_LEN - 1];

	text_add(text, text->len ? " " : "");
	switch (step->kind) {
	case STEP_CREATE:
	case STEP_REMOVE:
	case STEP_CONFIG:
		text_addf(text, "%c%c", step->kind == STEP_CREATE ? '+' :
			  step->kind == STEP_REMOVE ? '-' : '=', nr);
		break;
	case STEP_ASSIGN:
	case STEP_UNASSIGN:
		text_addf(text, "%c%c%c%u", nr, step->kind == STEP_ASSIGN ? '+' : '-',
			  axes[step->dim], step->id);
		break;
	case STEP_MASK:
		text_add(text, step->dim == APM_DIM_ADAPTER ? "apmask" : "aqmask");
		break;
	case STEP_OVERRIDE:
	case STEP_BIND:
		text_addf(text, "%c%c%02x.%04x", step->kind == STEP_BIND ? 'b' : 'o',
			  step->reserve ? '+' : '-', step->id, step->domain);
		break;
	}
}

static void plans(struct snapshot *snap, struct targets *targets, const char *wanted)
{
	struct text text = { 0 };
	struct plan plan = { 0 };
	size_t i;

	plan_make(snap, targets, &plan);
	for (i = 0; i < plan.nr; i++) {
		struct step there = step_inverse(&plan.steps[i]);
		struct step back = step_inverse(&there);

		assert_memory_equal(&back, &plan.steps[i], sizeof(back));
		assert_memory_equal(&there.from, &plan.steps[i].to, sizeof(there.from));
		assert_memory_equal(&there.to, &plan.steps[i].from, sizeof(there.to));
		assert_int_equal(there.reserve, !plan.steps[i].reserve);
		add_step_text(&plan.steps[i], &text);
	}
	assert_string_equal(text_str(&text), wanted);
	text_free(&text);
	plan_free(&plan);
	targets_free(targets);
	snapshot_free(snap);
}

static void no_step_for_what_is_so(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4");
	wants(snap, &targets, 0, "5", "4");
	plans(snap, &targets, "");
}

static void a_refresh_writes_it_all_the_same(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4");
	wants(snap, &targets, 0, "5", "4")->refresh = true;
	plans(snap, &targets, "=1");
}

static void made_before_it_is_filled(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 1, "6", "4");
	wants(snap, &targets, 0, "5", "4,5");
	wants(snap, &targets, 1, NULL, NULL);
	plans(snap, &targets, "-2 +1 =1");
}

static void taken_after_it_is_given_up(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4");
	new_matrix(snap, 1, "6", "4");
	wants(snap, &targets, 0, "5,6", "4");
	wants(snap, &targets, 1, "7", "4");
	plans(snap, &targets, "=2 =1");
}

/* 1 gets what 2 has, and 2 what 1 has: one of them has to let go first */
static void an_exchange(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4");
	new_matrix(snap, 1, "6", "4");
	wants(snap, &targets, 0, "6", "4");
	wants(snap, &targets, 1, "5", "4");
	plans(snap, &targets, "=1 =2 =1");
}

/* The kernel refuses the second one, and is asked once. */
static void targets_that_conflict(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 1, "6,7", "4");
	wants(snap, &targets, 0, "5", "4");
	wants(snap, &targets, 1, "5,6", "4");
	plans(snap, &targets, "+1 =1 =2");
	/* nor has any of them anything to give up */
	snap = new_host();
	wants(snap, &targets, 0, "5", "4");
	wants(snap, &targets, 1, "5", "4");
	plans(snap, &targets, "+1 +2 =1 =2");
	snap = new_host();
	new_matrix(snap, 0, "5", "4");
	new_matrix(snap, 1, "6", "4");
	new_matrix(snap, 2, "7", "4");
	wants(snap, &targets, 0, "5,6", "4");
	wants(snap, &targets, 1, "6,7", "4");
	wants(snap, &targets, 2, "5,7", "4");
	plans(snap, &targets, "=1 =2 =3");
}

static void single_ids_take_before_they_give(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	snap->host.features.ap_config = false;
	new_matrix(snap, 0, "5", "4");
	wants(snap, &targets, 0, "6", "5")->assigned.dim[APM_DIM_CONTROL_DOMAIN] = mask_of("4");
	plans(snap, &targets, "1-a5 1-d4 1+a6 1+d5 1+c4");
}

/* the host gives before matrices take, and takes after they have given */
static void the_host_first_and_last(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	snap->host.apmask = mask_of("5");
	new_matrix(snap, 0, "6", "4");
	wants(snap, &targets, 0, "5", "4");
	targets.host.touch_masks = true;
	targets.host.apmask = mask_of("6");
	targets.host.aqmask = snap->host.aqmask;
	overrides_add(&targets.host.overrides, &targets.host.nr_overrides, 6, 5, false);
	overrides_add(&targets.host.overrides, &targets.host.nr_overrides, 7, 5, true);
	overrides_add(&targets.host.binds, &targets.host.nr_binds, 7, 6, true);
	plans(snap, &targets, "o+07.0005 apmask b+07.0006 =1 o-06.0005 apmask");
}

/* Nothing speaks against it (word NULL), or one thing with this word in its message. */
static void objects_by(const struct plan_rules *rules, struct snapshot *snap,
		       struct targets *targets, enum exit_code code, int err,
		       const char *word)
{
	struct problems errors = { 0 }, warnings = { 0 };

	plan_check(snap, targets, rules, "set", &errors, &warnings);
	assert_int_equal(errors.nr, word ? 1 : 0);
	assert_int_equal(problems_code(&errors), code);
	if (word) {
		assert_int_equal(errors.at[0].err, err);
		assert_non_null(strstr(errors.at[0].message, word));
	}
	problems_free(&errors);
	problems_free(&warnings);
	targets_free(targets);
	snapshot_free(snap);
}

static void objects(struct snapshot *snap, struct targets *targets, bool loss,
		    enum exit_code code, int err, const char *word)
{
	const struct plan_rules rules = { .allow_loss = loss };

	objects_by(&rules, snap, targets, code, err, word);
}

static void ids_beyond_the_limits(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 0, "5,16", "4");
	objects(snap, &targets, false, EXIT_CODE_NOT_FOUND, ENODEV, "adapter 0x10 (16)");
}

static void queues_of_another_one(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 1, "5", "4");
	wants(snap, &targets, 0, "5,6", "4");
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, EADDRINUSE, "05.0004");
}

static void queues_that_another_one_is_to_have(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 0, "5", "4");
	wants(snap, &targets, 1, "5", "4");
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, EADDRINUSE, uuids[0]);
}

static void queues_that_another_one_gives_up(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 1, "5", "4");
	wants(snap, &targets, 0, "5", "4");
	wants(snap, &targets, 1, NULL, NULL);
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static void queues_of_the_host(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	snap->host.apmask = mask_of("5");
	wants(snap, &targets, 0, "5,6", "4");
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, EADDRNOTAVAIL, "05.0004");
	/* what the host does not have is named too, if that is known */
	snap = new_host();
	snap->host.apmask = mask_of("9");
	wants(snap, &targets, 0, "9", "4");
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, EADDRNOTAVAIL,
		"this host does not have adapter 0x09");
	snap = new_host();
	snap->host.qci = false;
	snap->host.apmask = mask_of("9");
	wants(snap, &targets, 0, "9", "4");
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, EADDRNOTAVAIL,
		"09.0004: kept for the host's drivers");
}

/* Single queues, if the kernel has overrides and both masks are all ones; else whole adapters. */
static void what_frees_queues_of_the_host(void **state)
{
	struct snapshot *snap = new_host();
	struct apm_matrix content = matrix_of("5,6", "4,5");
	struct reserved reserved = { .snap = snap, .content = &content };
	struct text queues = { 0 }, hint = { 0 };

	(void)state;
	snap->host.apmask = mask_of("0-255");
	snap->host.has_override = true;
	snapshot_queue(snap, 5, 5)->driver = snapshot_driver(snap, "cex4queue");
	snapshot_queue(snap, 6, 4)->driver = snapshot_driver(snap, "cex4queue");
	assert_int_equal(reserved_find(&reserved, &queues), 2);
	assert_string_equal(text_str(&queues), "05.0005, 06.0004");
	reserved_hint(&reserved, &hint);
	assert_string_equal(text_str(&hint), "apmatrix pool reserve --apqn 05.0005,06.0004 "
			    "gives them to guests");
	text_free(&hint);
	snap->host.aqmask = mask_of("4,5");
	reserved_hint(&reserved, &hint);
	assert_string_equal(text_str(&hint), "apmatrix pool reserve -a 0x05-0x06 "
			    "gives them to guests");
	text_free(&hint);
	text_free(&queues);
	snapshot_free(snap);
}

/* the kernel has accepted it, and is not asked about it again */
static void queues_of_the_host_that_it_has_already(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	snap->host.apmask = mask_of("5");
	new_matrix(snap, 0, "5,6", "4");
	wants(snap, &targets, 0, "5", "4");
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static struct snapshot *host_with_overrides(void)
{
	struct snapshot *snap = new_host();

	snap->host.apmask = mask_of("0-255");
	snap->host.has_override = true;
	return snap;
}

static void a_queue_that_an_override_gives(void **state)
{
	struct snapshot *snap = host_with_overrides();
	struct targets targets = { 0 };

	(void)state;
	snapshot_queue(snap, 5, 4)->driver = DRIVERS_MAX - 1;
	wants(snap, &targets, 0, "5", "4");
	overrides_add(&targets.host.overrides, &targets.host.nr_overrides, 5, 4, true);
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static void a_queue_whose_override_ends(void **state)
{
	struct snapshot *snap = host_with_overrides();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4");
	overrides_add(&targets.host.overrides, &targets.host.nr_overrides, 5, 4, false);
	objects(snap, &targets, false, EXIT_CODE_BUSY, EBUSY, "05.0004");
}

/* A driver override has given 05.0004, which matrix 1 has, to the host. */
static struct snapshot *host_with_a_queue_of_a_matrix(bool ours)
{
	struct snapshot *snap = host_with_overrides();

	snap->host.features.reasons = ours;
	new_matrix(snap, 0, "5", "4");
	snapshot_queue(snap, 5, 4)->driver = DRIVERS_MAX - 1;
	return snap;
}

static void our_module_asks_for_new_queues_only(void **state)
{
	struct snapshot *snap = host_with_a_queue_of_a_matrix(true);
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 0, "5,6", "4");
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static void mainlines_module_asks_for_all_queues(void **state)
{
	struct snapshot *snap = host_with_a_queue_of_a_matrix(false);
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 0, "5,6", "4");
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, EADDRNOTAVAIL, "05.0004");
}

static void only_new_queues_of_the_host_are_named(void **state)
{
	struct snapshot *snap = host_with_a_queue_of_a_matrix(true);
	struct targets targets = { 0 };

	(void)state;
	snapshot_queue(snap, 6, 4)->driver = DRIVERS_MAX - 1;
	wants(snap, &targets, 0, "5,6", "4");
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, EADDRNOTAVAIL,
		": 06.0004: kept for the host's drivers");
}

static void what_the_host_has_already_does_not_return(void **state)
{
	struct snapshot *snap = host_with_a_queue_of_a_matrix(true);
	struct targets targets = { 0 };

	(void)state;
	overrides_add(&targets.host.overrides, &targets.host.nr_overrides, 7, 4, false);
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static void queues_that_the_host_gives_now(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	snap->host.apmask = mask_of("5");
	snapshot_queue(snap, 5, 4)->driver = DRIVER_NONE;
	wants(snap, &targets, 0, "5", "4");
	targets.host.touch_masks = true;
	targets.host.aqmask = snap->host.aqmask;
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static void queues_that_the_host_wants_back(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4");
	targets.host.touch_masks = true;
	targets.host.apmask = mask_of("5");
	targets.host.aqmask = snap->host.aqmask;
	objects(snap, &targets, true, EXIT_CODE_BUSY, EBUSY, "05.0004");
}

/* also where the kernel has driver overrides, of which there is none then */
static void queues_that_the_host_wants_back_by_masks(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	snap->host.has_override = true;
	new_matrix(snap, 0, "5", "4");
	targets.host.touch_masks = true;
	targets.host.apmask = mask_of("5");
	targets.host.aqmask = snap->host.aqmask;
	objects(snap, &targets, true, EXIT_CODE_BUSY, EBUSY, "05.0004");
}

static struct targets loses_6(struct snapshot *snap)
{
	struct targets targets = { 0 };

	new_matrix(snap, 0, "5,6", "4")->state = MATRIX_IN_USE;
	wants(snap, &targets, 0, "5", "4");
	return targets;
}

static void a_guest_that_would_lose(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = loses_6(snap);

	(void)state;
	objects(snap, &targets, false, EXIT_CODE_BUSY, EBUSY, "1 of its 2 queues");
}

static void a_guest_that_may_lose(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = loses_6(snap);

	(void)state;
	objects(snap, &targets, true, EXIT_CODE_OK, 0, NULL);
}

/* kernels that do not say whether a guest runs */
static void a_guest_that_may_not_run(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = loses_6(snap);

	(void)state;
	snapshot_find(snap, uuids[0])->state = MATRIX_UNKNOWN;
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static void a_new_queue_that_would_cost_an_old_one(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	snapshot_queue(snap, 5, 5)->driver = DRIVER_NONE;
	new_matrix(snap, 0, "5,6", "4")->state = MATRIX_IN_USE;
	wants(snap, &targets, 0, "5,6", "4,5");
	objects(snap, &targets, false, EXIT_CODE_BUSY, EBUSY, "05.0004");
}

static void a_guest_in_the_way_of_a_removal(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4")->state = MATRIX_IN_USE;
	wants(snap, &targets, 0, NULL, NULL);
	objects(snap, &targets, true, EXIT_CODE_BUSY, EBUSY, "in use by a guest");
}

static void a_removal_that_waits_for_the_guest(void **state)
{
	const struct plan_rules rules = { .force = true };
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4")->state = MATRIX_IN_USE;
	wants(snap, &targets, 0, NULL, NULL);
	objects_by(&rules, snap, &targets, EXIT_CODE_OK, 0, NULL);
}

static void define(struct target *target, enum start_mode start)
{
	target->touch_definition = true;
	target->start = start;
	target->definition = matrix_of("5", "4");
}

static void two_that_start_at_boot(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	define(wants(snap, &targets, 0, NULL, NULL), START_AUTO);
	define(wants(snap, &targets, 1, NULL, NULL), START_AUTO);
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, 0, "only one of them can start");
}

static void one_at_boot_and_one_by_hand(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	define(wants(snap, &targets, 0, NULL, NULL), START_AUTO);
	define(wants(snap, &targets, 1, NULL, NULL), START_MANUAL);
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static void two_of_one_name(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 1, "5", "4")->name = xstrdup("a");
	target_set_name(wants(snap, &targets, 0, "6", "4"), "a", NULL, NULL, false);
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, 0, "the name is in use by");
	/* the other one changes, but not its name */
	snap = new_host();
	new_matrix(snap, 1, "5", "4")->name = xstrdup("a");
	target_set_name(wants(snap, &targets, 0, "6", "4"), "a", NULL, NULL, false);
	wants(snap, &targets, 1, "7", "4");
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, 0, "the name is in use by");
	/* it gives its name up */
	snap = new_host();
	new_matrix(snap, 1, "5", "4")->name = xstrdup("a");
	target_set_name(wants(snap, &targets, 0, "6", "4"), "a", NULL, NULL, false);
	target_set_name(wants(snap, &targets, 1, "7", "4"), "b", NULL, NULL, false);
	objects(snap, &targets, false, EXIT_CODE_OK, 0, NULL);
}

static void two_new_ones_of_one_name(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	target_set_name(wants(snap, &targets, 0, "5", "4"), "a", NULL, NULL, false);
	target_set_name(wants(snap, &targets, 1, "6", "4"), "a", NULL, NULL, false);
	objects(snap, &targets, false, EXIT_CODE_CONFLICT, 0, "the name is in use by");
}

/* declare */

static void what_is_so_is_no_target(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4")->name = xstrdup("a");
	snapshot_find(snap, uuids[0])->transient_name = true;
	assert_int_equal(declared(snap, PLAN("{\"name\": \"a\", \"adapters\": [5], \"domains\": [4]}"),
				  false, &targets), 0);
	assert_int_equal(declared(snap, PLAN("{\"name\": \"a\", \"adapters\": [6], \"domains\": [4]}"),
				  false, &targets), 1);
	assert_string_equal(targets.at[0].uuid, uuids[0]);
	targets_free(&targets);
	snapshot_free(snap);
}

static void what_is_not_named_goes_if_it_is_its_owners(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };

	(void)state;
	new_matrix(snap, 0, "5", "4");
	new_matrix(snap, 1, "6", "4")->owner = xstrdup("ansible");
	new_matrix(snap, 2, "7", "4")->owner = xstrdup("dba");
	assert_int_equal(declared(snap, PLAN(""), false, &targets), 0);
	assert_int_equal(declared(snap, PLAN(""), true, &targets), 1);
	assert_string_equal(targets.at[0].uuid, uuids[1]);
	assert_false(targets.at[0].active);
	targets_free(&targets);
	snapshot_free(snap);
}

/* the uuid of a name is the same everywhere; that of a plan follows both its sides */
static void plans_are_told_apart(void **state)
{
	struct snapshot *snap = new_host();
	struct targets targets = { 0 };
	char uuid[UUID_LEN + 1], id[UUID_LEN + 1], other[UUID_LEN + 1];

	(void)state;
	uuid_of_name("new", uuid);
	assert_string_equal(uuid, "7f49f596-a99e-527f-8abc-85a1d8ae1850");
	new_matrix(snap, 0, "5", "4");
	wants(snap, &targets, 0, "6", "4");
	declare_id(snap, &targets, id);
	declare_id(snap, &targets, other);
	assert_string_equal(id, other);
	snapshot_find(snap, uuids[0])->assigned = matrix_of("7", "4");
	declare_id(snap, &targets, other);
	assert_string_not_equal(id, other);
	snapshot_find(snap, uuids[0])->assigned = matrix_of("5", "4");
	targets.at[0].assigned = matrix_of("7", "4");
	declare_id(snap, &targets, other);
	assert_string_not_equal(id, other);
	targets_free(&targets);
	snapshot_free(snap);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_step_for_what_is_so),
		cmocka_unit_test(a_refresh_writes_it_all_the_same),
		cmocka_unit_test(made_before_it_is_filled),
		cmocka_unit_test(taken_after_it_is_given_up),
		cmocka_unit_test(an_exchange),
		cmocka_unit_test(targets_that_conflict),
		cmocka_unit_test(single_ids_take_before_they_give),
		cmocka_unit_test(the_host_first_and_last),
		cmocka_unit_test(ids_beyond_the_limits),
		cmocka_unit_test(queues_of_another_one),
		cmocka_unit_test(queues_that_another_one_is_to_have),
		cmocka_unit_test(queues_that_another_one_gives_up),
		cmocka_unit_test(queues_of_the_host),
		cmocka_unit_test(what_frees_queues_of_the_host),
		cmocka_unit_test(queues_of_the_host_that_it_has_already),
		cmocka_unit_test(a_queue_that_an_override_gives),
		cmocka_unit_test(a_queue_whose_override_ends),
		cmocka_unit_test(our_module_asks_for_new_queues_only),
		cmocka_unit_test(mainlines_module_asks_for_all_queues),
		cmocka_unit_test(only_new_queues_of_the_host_are_named),
		cmocka_unit_test(what_the_host_has_already_does_not_return),
		cmocka_unit_test(queues_that_the_host_gives_now),
		cmocka_unit_test(queues_that_the_host_wants_back),
		cmocka_unit_test(queues_that_the_host_wants_back_by_masks),
		cmocka_unit_test(a_guest_that_would_lose),
		cmocka_unit_test(a_guest_that_may_lose),
		cmocka_unit_test(a_guest_that_may_not_run),
		cmocka_unit_test(a_new_queue_that_would_cost_an_old_one),
		cmocka_unit_test(a_guest_in_the_way_of_a_removal),
		cmocka_unit_test(a_removal_that_waits_for_the_guest),
		cmocka_unit_test(two_that_start_at_boot),
		cmocka_unit_test(one_at_boot_and_one_by_hand),
		cmocka_unit_test(two_of_one_name),
		cmocka_unit_test(two_new_ones_of_one_name),
		cmocka_unit_test(what_is_so_is_no_target),
		cmocka_unit_test(what_is_not_named_goes_if_it_is_its_owners),
		cmocka_unit_test(plans_are_told_apart),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
