// SPDX-License-Identifier: GPL-2.0-only
// sources: tests/property/model.c tests/property/rng.c
/*
 * The property test's model: what it predicts, and that the guest matrix by
 * the words of the documentation is that of the pure filter.
 */
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/property/model.h"
#include "tests/property/rng.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* A machine with adapters and domains 0 to 15 of which 0 to 11 are valid. */
static struct model machine(void)
{
	struct model model = { .limits = { { 11, 11, 11 } } };
	unsigned int i;

	for (i = 0; i < MODEL_MDEVS; i++)
		model.mdev[i].exists = true;
	return model;
}

static void reserve(struct model *model, unsigned int apid, unsigned int apqi)
{
	apm_mask_set(&model->apmask, apid);
	apm_mask_set(&model->aqmask, apqi);
}

static void own(struct model *model, unsigned int mdev, unsigned int apid, unsigned int apqi)
{
	apm_mask_set(&model->mdev[mdev].assigned.dim[APM_DIM_ADAPTER], apid);
	apm_mask_set(&model->mdev[mdev].assigned.dim[APM_DIM_DOMAIN], apqi);
}

static void errno_of_an_assignment(void **state)
{
	struct model model = machine();
	struct apm_matrix next;
	static const struct {
		const char *what;
		enum apm_dim dim;
		unsigned long id;
		int want;
	} cases[] = {
		{ "free", APM_DIM_ADAPTER, 3, 0 },
		{ "already there", APM_DIM_ADAPTER, 2, 0 },
		{ "beyond the limit", APM_DIM_ADAPTER, 12, -ENODEV },
		{ "far beyond", APM_DIM_DOMAIN, ~0UL, -ENODEV },
		{ "reserved for the host", APM_DIM_ADAPTER, 5, -EADDRNOTAVAIL },
		{ "another mdev's", APM_DIM_ADAPTER, 6, -EADDRINUSE },
		{ "both: reserved comes first", APM_DIM_ADAPTER, 7, -EADDRNOTAVAIL },
		{ "control domains are nobody's", APM_DIM_CONTROL_DOMAIN, 4, 0 },
	};
	size_t i;

	own(&model, 0, 2, 4);
	own(&model, 1, 6, 4);
	own(&model, 1, 7, 4);
	apm_mask_set(&model.apmask, 5);
	apm_mask_set(&model.apmask, 7);
	apm_mask_set(&model.aqmask, 4);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		int got = model_assign(&model, 0, cases[i].dim, cases[i].id, &next);

		if (got != cases[i].want)
			fail_msg("%s: %d instead of %d", cases[i].what, got, cases[i].want);
		if (got)
			assert_true(apm_matrix_equal(&next, &model.mdev[0].assigned));
		else
			assert_true(apm_mask_test(&next.dim[cases[i].dim],
						 (unsigned int)cases[i].id));
	}
}

static void a_missing_mdev_owns_nothing(void **state)
{
	struct model model = machine();
	struct apm_matrix next;

	own(&model, 1, 2, 4);
	own(&model, 0, 3, 4);
	assert_int_equal(model_assign(&model, 0, APM_DIM_ADAPTER, 2, &next), -EADDRINUSE);
	model.mdev[1].exists = false;
	assert_int_equal(model_assign(&model, 0, APM_DIM_ADAPTER, 2, &next), 0);
}

static void limits_of_a_whole_matrix_come_last(void **state)
{
	struct model model = machine();
	struct apm_matrix next = { 0 };

	apm_mask_set(&next.dim[APM_DIM_ADAPTER], 200);
	apm_mask_set(&next.dim[APM_DIM_DOMAIN], 1);
	assert_int_equal(model_configure(&model, 0, &next), -ENODEV);
	reserve(&model, 200, 1);
	assert_int_equal(model_configure(&model, 0, &next), -EADDRNOTAVAIL);
}

/* A mask may not take what an mdev has, but it may have what only seems so. */
static void veto_of_a_mask_is_exact(void **state)
{
	struct model model = machine();
	struct apm_mask next;

	own(&model, 0, 2, 4);
	next = model.apmask;
	apm_mask_set(&next, 2);
	assert_int_equal(model_mask(&model, APM_DIM_ADAPTER, &next), 0);
	apm_mask_set(&model.aqmask, 4);
	assert_int_equal(model_mask(&model, APM_DIM_ADAPTER, &next), -EBUSY);
	apm_mask_clear(&next, 2);
	apm_mask_set(&next, 3);
	assert_int_equal(model_mask(&model, APM_DIM_ADAPTER, &next), 0);
}

static void bindings(void **state)
{
	struct model model = machine();

	reserve(&model, 2, 4);
	assert_int_equal(model_bind(&model, MODEL_VFIO_AP, MODEL_NO_DEVICE, 2, 4), -ENODEV);
	assert_int_equal(model_bind(&model, MODEL_VFIO_AP, MODEL_UNBOUND, 2, 4), -ENODEV);
	assert_int_equal(model_bind(&model, MODEL_HOST, MODEL_UNBOUND, 2, 4), 0);
	assert_int_equal(model_bind(&model, MODEL_HOST, MODEL_UNBOUND, 3, 4), -ENODEV);
	assert_int_equal(model_bind(&model, MODEL_VFIO_AP, MODEL_UNBOUND, 3, 4), 0);
	assert_int_equal(model_bind(&model, MODEL_VFIO_AP, MODEL_HOST, 3, 4), -EBUSY);
	assert_int_equal(model_unbind(MODEL_HOST, MODEL_HOST), 0);
	assert_int_equal(model_unbind(MODEL_HOST, MODEL_UNBOUND), -ENODEV);
}

static void random_mask(struct rng *rng, struct apm_mask *mask)
{
	unsigned int id, percent = rng_below(rng, 101);

	memset(mask, 0, sizeof(*mask));
	for (id = 0; id < MODEL_IDS; id++) {
		if (rng_chance(rng, percent))
			apm_mask_set(mask, id);
	}
}

/* Ten thousand worlds: the filter and the documentation say the same of each. */
static void the_pure_filter_does_as_documented(void **state)
{
	static const enum apm_reason claims[] = {
		APM_REASON_NONE, APM_REASON_RESET_FAILED,
	};
	unsigned int i, dim, apid, apqi, differ = 0, full = 0;
	struct rng rng;

	rng_init(&rng, 1, 0);
	for (i = 0; i < 10000; i++) {
		struct apm_matrix pure, naive;
		struct model model = machine();
		struct model_view view = { 0 };
		unsigned int bound = 50 + rng_below(&rng, 51);

		for (dim = 0; dim < APM_DIM_NR; dim++) {
			random_mask(&rng, &model.mdev[0].assigned.dim[dim]);
			random_mask(&rng, &view.host.dim[dim]);
		}
		for (apid = 0; apid < MODEL_IDS; apid++) {
			for (apqi = 0; apqi < MODEL_IDS; apqi++) {
				view.driver[apid][apqi] = rng_chance(&rng, bound) ?
					MODEL_VFIO_AP : rng_below(&rng, MODEL_VFIO_AP);
				model.queue[apid][apqi].stuck = rng_chance(&rng, 3);
				view.claim[apid][apqi] = claims[rng_below(&rng, 2)];
			}
		}
		model_guest(&model, &view, 0, &pure, NULL, 0);
		model_guest_naive(&model, &view, 0, &naive);
		assert_true(apm_matrix_equal(&pure, &naive));
		full += apm_matrix_apqns(&pure) != 0;
		differ += !apm_matrix_equal(&pure, &model.mdev[0].assigned);
	}
	/* both kinds of answer have to occur for that to mean something */
	assert_true(full > 500);
	assert_true(differ > 500);
}

static void streams_repeat_and_differ(void **state)
{
	struct rng a, b;

	rng_init(&a, 7, 3);
	rng_init(&b, 7, 3);
	assert_true(rng_next(&a) == rng_next(&b));
	rng_init(&b, 7, 4);
	assert_false(rng_next(&a) == rng_next(&b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errno_of_an_assignment),
		cmocka_unit_test(a_missing_mdev_owns_nothing),
		cmocka_unit_test(limits_of_a_whole_matrix_come_last),
		cmocka_unit_test(veto_of_a_mask_is_exact),
		cmocka_unit_test(bindings),
		cmocka_unit_test(the_pure_filter_does_as_documented),
		cmocka_unit_test(streams_repeat_and_differ),
	};

	return cmocka_run_group_tests_name("property_model", tests, NULL, NULL);
}
