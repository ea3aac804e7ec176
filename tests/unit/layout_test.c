// SPDX-License-Identifier: GPL-2.0-only
// sources: module/compat/ap/layout_decide.c
/* Which layout of struct ap_driver is recognised by which evidence, and which is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "compat/ap/layout.h"

static const enum vap_ap_word ids_first[VAP_AP_WORDS] = {
	VAP_AP_IDS, VAP_AP_FLAGS, VAP_AP_CODE, VAP_AP_CODE,
	VAP_AP_ZERO, VAP_AP_ZERO, VAP_AP_ZERO,
};

static const enum vap_ap_word callbacks_first[VAP_AP_WORDS] = {
	VAP_AP_CODE, VAP_AP_CODE, VAP_AP_ZERO, VAP_AP_ZERO, VAP_AP_ZERO,
	VAP_AP_IDS, VAP_AP_FLAGS,
};

static struct vap_ap_evidence evidence_of(const enum vap_ap_word *word)
{
	struct vap_ap_evidence evidence = {
		.max_words = 7, .callers = VAP_AP_CALLERS,
		.type_first = 3, .devices = 3,
	};

	memcpy(evidence.word, word, sizeof(evidence.word));
	return evidence;
}

static const char *decide(const struct vap_ap_evidence *evidence)
{
	struct vap_ap_layout layout;

	return vap_ap_decide(evidence, &layout);
}

static void both_orders_are_known(void **state)
{
	struct vap_ap_evidence evidence = evidence_of(ids_first);
	struct vap_ap_layout layout;

	(void)state;
	assert_null(vap_ap_decide(&evidence, &layout));
	assert_string_equal(layout.name, "ids first");
	assert_true(layout.callbacks);
	assert_int_equal(layout.ids, 0);
	assert_int_equal(layout.flags, 1);
	assert_int_equal(layout.probe, 2);
	assert_int_equal(layout.remove, 3);
	assert_int_equal(layout.in_use, 4);
	assert_int_equal(layout.on_config_changed, 5);
	assert_int_equal(layout.on_scan_complete, 6);

	evidence = evidence_of(callbacks_first);
	assert_null(vap_ap_decide(&evidence, &layout));
	assert_string_equal(layout.name, "callbacks first");
	assert_true(layout.callbacks);
	assert_int_equal(layout.probe, 0);
	assert_int_equal(layout.remove, 1);
	assert_int_equal(layout.in_use, 2);
	assert_int_equal(layout.on_config_changed, 3);
	assert_int_equal(layout.on_scan_complete, 4);
	assert_int_equal(layout.ids, 5);
	assert_int_equal(layout.flags, 6);
}

static void each_known_member_has_to_be_in_its_place(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct vap_ap_evidence evidence = evidence_of(ids_first);

		evidence.word[i] = VAP_AP_OTHER;
		assert_string_equal(decide(&evidence), "its members are in no known order");
	}
	for (i = 0; i < 7; i++) {
		struct vap_ap_evidence evidence = evidence_of(callbacks_first);

		if (i >= 2 && i <= 4)
			continue;
		evidence.word[i] = VAP_AP_OTHER;
		assert_string_equal(decide(&evidence), "its members are in no known order");
	}
}

static void callbacks_need_their_callers(void **state)
{
	struct vap_ap_evidence evidence = evidence_of(ids_first);
	struct vap_ap_layout layout;
	unsigned int callers;

	(void)state;
	for (callers = 1; callers < VAP_AP_CALLERS; callers++) {
		evidence.callers = callers;
		assert_string_equal(decide(&evidence),
				    "the bus has some of the functions that call callbacks, not all");
	}
	evidence.callers = 0;
	assert_null(vap_ap_decide(&evidence, &layout));
	assert_false(layout.callbacks);
}

static void callbacks_need_their_members(void **state)
{
	struct vap_ap_evidence evidence = evidence_of(ids_first);
	unsigned int i;

	(void)state;
	for (i = 4; i < 7; i++) {
		evidence = evidence_of(ids_first);
		evidence.word[i] = VAP_AP_CODE;
		assert_string_equal(decide(&evidence),
				    "the members where the callbacks should be are not zero");
		evidence.callers = 0;
		assert_null(decide(&evidence));
	}
	for (i = 2; i < 5; i++) {
		evidence = evidence_of(callbacks_first);
		evidence.word[i] = VAP_AP_CODE;
		evidence.callers = 0;
		assert_string_equal(decide(&evidence),
				    "the members between remove and the ids are not known");
	}
}

static void a_driver_has_space_for_its_members(void **state)
{
	struct vap_ap_evidence evidence = evidence_of(ids_first);

	(void)state;
	evidence.max_words = 6;
	assert_string_equal(decide(&evidence),
			    "the bus calls callbacks, but a driver is too small to have them");
	evidence.callers = 0;
	assert_null(decide(&evidence));
	evidence.max_words = 4;
	assert_null(decide(&evidence));
	evidence.max_words = 3;
	assert_string_equal(decide(&evidence), "two drivers are too close to each other");
	evidence = evidence_of(ids_first);
	evidence.max_words = 0;		/* nothing is known */
	assert_null(decide(&evidence));

	evidence = evidence_of(callbacks_first);
	evidence.callers = 0;
	assert_null(decide(&evidence));
	evidence.max_words = 6;
	assert_string_equal(decide(&evidence),
			    "the members between remove and the ids are not known");
}

static void all_devices_have_their_type_in_one_place(void **state)
{
	struct vap_ap_evidence evidence = evidence_of(ids_first);

	(void)state;
	evidence.type_second = 1;
	evidence.devices = 4;
	assert_string_equal(decide(&evidence),
			    "the devices do not agree on where their type is");
	evidence.type_first = 0;
	assert_string_equal(decide(&evidence), "a device has no known type");
	evidence.type_second = 4;
	assert_null(decide(&evidence));
	evidence.type_second = 0;
	evidence.devices = 0;
	assert_null(decide(&evidence));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_orders_are_known),
		cmocka_unit_test(each_known_member_has_to_be_in_its_place),
		cmocka_unit_test(callbacks_need_their_callers),
		cmocka_unit_test(callbacks_need_their_members),
		cmocka_unit_test(a_driver_has_space_for_its_members),
		cmocka_unit_test(all_devices_have_their_type_in_one_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
