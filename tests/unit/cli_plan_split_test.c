// SPDX-License-Identifier: GPL-2.0-only
/* Which targets of a plan need each other, and which can do without. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/plan.h"
#include "lib/text.h"

#define NR	4

static char uuids[NR][UUID_LEN + 1];

/* A host that keeps nothing, with NR matrices: number n has 05.n. */
static struct snapshot *host(void)
{
	struct snapshot *snap = snapshot_new();
	unsigned int n;

	snap->host.perm_known = snap->host.module = true;
	memset(&snap->host.aqmask, 0xff, sizeof(struct apm_mask));
	for (n = 0; n < NR; n++) {
		struct matrix *matrix;

		snprintf(uuids[n], sizeof(uuids[n]),
			 "00000000-0000-4000-8000-00000000000%u", n);
		matrix = snapshot_matrix(snap, uuids[n]);
		matrix->active = matrix->defined = true;
		matrix->start = START_AUTO;
		matrix->name = xasprintf("m%u", n);
		apm_mask_set(&matrix->assigned.dim[APM_DIM_ADAPTER], 5);
		apm_mask_set(&matrix->assigned.dim[APM_DIM_DOMAIN], n);
		matrix->definition = matrix->assigned;
	}
	return snap;
}

/* Matrix n is to have the queue 05.apqi only, and nothing on disk changes. */
static struct target *wants(const struct snapshot *snap, struct targets *targets,
			    unsigned int n, unsigned int apqi)
{
	struct target *target =
		targets_add(targets, snapshot_find(snap, uuids[n]));
	struct apm_mask *domains = &target->assigned.dim[APM_DIM_DOMAIN];

	memset(domains, 0, sizeof(*domains));
	apm_mask_set(domains, apqi);
	return target;
}

/* parts: "/12/0" is nobody beside the host, then matrices 1 and 2, then 0. */
static void splits(struct snapshot *snap, struct targets *targets,
		   const char *parts)
{
	struct text text = { 0 };
	struct targets *list;
	size_t nr = plan_split(snap, targets, &list), i, j;

	assert_int_equal(targets->nr, 0);
	for (i = 0; i < nr; i++) {
		if (i)
			text_add(&text, "/");
		for (j = 0; j < list[i].nr; j++)
			text_addn(&text, &list[i].at[j].uuid[UUID_LEN - 1], 1);
		targets_free(&list[i]);
	}
	assert_string_equal(text_str(&text), parts);
	text_free(&text);
	free(list);
	snapshot_free(snap);
}

static void nothing_in_common(void **state)
{
	struct snapshot *snap = host();
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 0, 10);
	wants(snap, &targets, 1, 11);
	splits(snap, &targets, "/0/1");
}

static void a_queue_goes_on(void **state)
{
	struct snapshot *snap = host();
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 3, 12);
	/* 0 waits for 1, which waits for 2: in the order of the file */
	wants(snap, &targets, 0, 1);
	wants(snap, &targets, 1, 2);
	wants(snap, &targets, 2, 10);
	splits(snap, &targets, "/3/012");
}

/* 2 waits for 1; and 0 for 2, which is found later */
static void parts_that_meet(void **state)
{
	struct snapshot *snap = host();
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 0, 2);
	wants(snap, &targets, 1, 9);
	wants(snap, &targets, 2, 1);
	splits(snap, &targets, "/012");
}

/* Whoever wants what another one keeps, or wants as well, is alone with that. */
static void a_queue_that_is_not_given_up(void **state)
{
	struct snapshot *snap = host();
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 0, 1);
	apm_mask_set(&wants(snap, &targets, 1, 1)->assigned.dim[APM_DIM_DOMAIN], 9);
	wants(snap, &targets, 2, 9);
	/* that of 3, which is no target, is not given up either */
	apm_mask_set(&wants(snap, &targets, 2, 9)->assigned.dim[APM_DIM_DOMAIN], 3);
	splits(snap, &targets, "/0/1/2");
}

static void a_name_and_a_place_at_boot(void **state)
{
	struct snapshot *snap = host();
	struct targets targets = { 0 };
	struct target *target;

	(void)state;
	target_set_name(wants(snap, &targets, 0, 0), "m1", NULL, NULL, false);
	target_set_name(wants(snap, &targets, 1, 1), NULL, NULL, NULL, false);
	target = wants(snap, &targets, 2, 2);
	target->touch_definition = true;
	target->definition = snapshot_find(snap, uuids[3])->definition;
	target = wants(snap, &targets, 3, 3);
	target->touch_definition = true;
	target->start = START_MANUAL;
	memset(&target->definition, 0, sizeof(target->definition));
	splits(snap, &targets, "/01/23");
}

/* What is not there now, or not at boot, has nothing to give; what is not to be needs nothing. */
static void what_is_only_defined(void **state)
{
	struct snapshot *snap = host();
	struct targets targets = { 0 };
	struct target *target;

	(void)state;
	snapshot_find(snap, uuids[1])->active = false;
	wants(snap, &targets, 0, 1);
	wants(snap, &targets, 1, 10);
	wants(snap, &targets, 2, 3)->active = false;
	wants(snap, &targets, 3, 11);
	splits(snap, &targets, "/0/1/2/3");

	/* 1 ends, and 0 gets what it has */
	snap = host();
	wants(snap, &targets, 0, 1);
	wants(snap, &targets, 1, 1)->active = false;
	splits(snap, &targets, "/01");

	/* 0 goes on to be started at boot with what 1 has there, and keeps */
	snap = host();
	target = wants(snap, &targets, 0, 0);
	target->touch_definition = true;
	target->definition = snapshot_find(snap, uuids[1])->definition;
	wants(snap, &targets, 1, 1)->touch_definition = true;
	/* 3 is not started at boot, so that 2 does not wait for it */
	snapshot_find(snap, uuids[3])->start = START_MANUAL;
	target = wants(snap, &targets, 2, 2);
	target->touch_definition = true;
	target->definition = snapshot_find(snap, uuids[3])->definition;
	wants(snap, &targets, 3, 3)->touch_definition = true;
	splits(snap, &targets, "/0/1/2/3");

	/* 1 stays at boot without it */
	snap = host();
	target = wants(snap, &targets, 0, 0);
	target->touch_definition = true;
	target->definition = snapshot_find(snap, uuids[1])->definition;
	target = wants(snap, &targets, 1, 1);
	target->touch_definition = true;
	target->definition = snapshot_find(snap, uuids[0])->definition;
	/* 2 wants the name that 3 keeps, which is refused */
	target_set_name(wants(snap, &targets, 2, 2), "m3", NULL, NULL, false);
	target_set_name(wants(snap, &targets, 3, 3), "m3", "owner", NULL, false);
	splits(snap, &targets, "/01/2/3");
}

/* The host takes back what somebody has: by overrides too, and only from who is active. */
static void the_host_takes_by_overrides(void **state)
{
	struct snapshot *snap = host();
	struct targets targets = { 0 };

	(void)state;
	snap->host.has_override = true;
	memset(&snap->host.apmask, 0xff, sizeof(struct apm_mask));
	snap->queues = xcalloc(APM_MATRIX_APQNS, sizeof(*snap->queues));
	*snapshot_queue(snap, 5, 1) = (struct queue){
		.known = true, .present = true, .driver = DRIVER_VFIO_AP, .override = true,
	};
	*snapshot_queue(snap, 5, 0) = *snapshot_queue(snap, 5, 1);
	snap->host.overrides = 2;
	snapshot_find(snap, uuids[2])->active = false;
	wants(snap, &targets, 0, 10);
	wants(snap, &targets, 1, 1)->active = false;
	wants(snap, &targets, 2, 12);
	overrides_add(&targets.host.overrides, &targets.host.nr_overrides, 5, 1, false);
	splits(snap, &targets, "1/0/2");
}

/* The host takes 05.0001 back: nobody but whoever has it matters. */
static void the_host_takes(void **state)
{
	struct snapshot *snap = host();
	struct targets targets = { 0 };

	(void)state;
	wants(snap, &targets, 0, 10);
	wants(snap, &targets, 1, 1)->active = false;
	targets.host.touch_masks = true;
	memset(&targets.host.aqmask, 0, sizeof(struct apm_mask));
	memset(&targets.host.apmask, 0xff, sizeof(struct apm_mask));
	apm_mask_set(&targets.host.aqmask, 1);
	splits(snap, &targets, "1/0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_in_common),
		cmocka_unit_test(a_queue_goes_on),
		cmocka_unit_test(parts_that_meet),
		cmocka_unit_test(a_queue_that_is_not_given_up),
		cmocka_unit_test(a_name_and_a_place_at_boot),
		cmocka_unit_test(what_is_only_defined),
		cmocka_unit_test(the_host_takes_by_overrides),
		cmocka_unit_test(the_host_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
