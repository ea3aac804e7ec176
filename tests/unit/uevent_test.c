// SPDX-License-Identifier: GPL-2.0-only
/* Messages of the kernel's about devices, as they come from the socket. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "format/uevent.h"

#define UUID	"62177883-f1bb-47f0-914d-32a22e3a8804"
#define MASK_5	"0x0400000000000000000000000000000000000000000000000000000000000000"
#define NO_MASK	"0x0000000000000000000000000000000000000000000000000000000000000000"

/* Each from memory of exactly its size, so that reading beyond it is seen. */
static bool parse(const char *text, size_t len, struct uevent *event)
{
	char *copy = malloc(len ? len : 1);
	bool good;

	memcpy(copy, text, len);
	good = uevent_parse(copy, len, event);
	free(copy);
	return good;
}

static void each_device_is_told_apart(void **state)
{
	static const struct {
		const char *text;
		enum uevent_kind kind;
		unsigned int apid, apqi;
	} cases[] = {
		{ "change@/devices/ap", UEVENT_BUS },
		{ "add@/devices/ap/card05", UEVENT_CARD, 5 },
		{ "change@/devices/ap/cardff", UEVENT_CARD, 255 },
		{ "bind@/devices/ap/card05/05.00ab", UEVENT_QUEUE, 5, 0xab },
		{ "remove@/devices/ap/card0a/0a.0004", UEVENT_QUEUE, 10, 4 },
		{ "add@/devices/vfio_ap/matrix", UEVENT_MODULE },
		{ "remove@/module/vfio_ap", UEVENT_MODULE },
		{ "add@/bus/ap/drivers/vfio_ap", UEVENT_MODULE },
		{ "add@/devices/vfio_ap/matrix/" UUID, UEVENT_MATRIX },
		{ "add@/devices/ap/card5", UEVENT_OTHER },
		{ "add@/devices/ap/cardxx", UEVENT_OTHER },
		{ "add@/devices/ap/card05/05.00ab/vfio", UEVENT_OTHER },
		{ "add@/devices/ap/card05/", UEVENT_OTHER },
		{ "add@/devices/virtual/net/eth0", UEVENT_OTHER },
		{ "add@/", UEVENT_OTHER },
	};
	struct uevent event;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(parse(cases[i].text, strlen(cases[i].text), &event));
		assert_int_equal(event.kind, cases[i].kind);
		assert_int_equal(event.apid, cases[i].apid);
		assert_int_equal(event.apqi, cases[i].apqi);
		assert_false(event.has_guest);
	}
	assert_true(parse(cases[3].text, strlen(cases[3].text), &event));
	assert_string_equal(event.action, "bind");
}

static void the_guest_is_in_the_message(void **state)
{
	static const char text[] = "change@/devices/vfio_ap/matrix/" UUID "\0"
		"ACTION=change\0SUBSYSTEM=mdev\0"
		"AP_GUEST_MATRIX=" MASK_5 "," MASK_5 "," NO_MASK "\0SEQNUM=7";
	struct uevent event;

	(void)state;
	assert_true(parse(text, sizeof(text), &event));
	assert_int_equal(event.kind, UEVENT_MATRIX);
	assert_string_equal(event.uuid, UUID);
	assert_true(event.has_guest);
	assert_int_equal(apm_matrix_apqns(&event.guest), 1);
	assert_true(apm_matrix_has(&event.guest, 5, 5));
}

static void a_broken_guest_is_no_guest(void **state)
{
	static const char text[] = "change@/devices/vfio_ap/matrix/" UUID "\0"
		"AP_GUEST_MATRIX=0x12,";
	struct uevent event;

	(void)state;
	assert_true(parse(text, sizeof(text), &event));
	assert_int_equal(event.kind, UEVENT_MATRIX);
	assert_false(event.has_guest);
}

static void what_is_no_message_is_refused(void **state)
{
	static const char *const texts[] = {
		"", "libudev", "@/devices/ap", "add@", "add@devices/ap",
		"add", "averyverylongaction@/devices/ap",
	};
	struct uevent event;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_false(parse(texts[i], strlen(texts[i]), &event));
}

/* Cut anywhere, it is read as far as it goes and no further. */
static void cut_messages_do_no_harm(void **state)
{
	static const char text[] = "change@/devices/vfio_ap/matrix/" UUID "\0"
		"AP_GUEST_MATRIX=" MASK_5 "," MASK_5 "," NO_MASK;
	struct uevent event;
	size_t len;

	(void)state;
	for (len = 0; len < sizeof(text) - 1; len++) {
		parse(text, len, &event);
		/* of the third mask a part is a mask, too, if a short one */
		if (event.has_guest)
			assert_true(len > sizeof(text) - 1 - strlen(NO_MASK));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_device_is_told_apart),
		cmocka_unit_test(the_guest_is_in_the_message),
		cmocka_unit_test(a_broken_guest_is_no_guest),
		cmocka_unit_test(what_is_no_message_is_refused),
		cmocka_unit_test(cut_messages_do_no_harm),
	};

	return cmocka_run_group_tests_name("uevent", tests, NULL, NULL);
}
