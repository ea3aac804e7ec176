// SPDX-License-Identifier: GPL-2.0-only
/* What people type, and what libvirt writes: each form, and what is wrong with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/phrase.h"
#include "format/libvirt.h"
#include "lib/words.h"

/* What the text makes of the list now (or NULL), as a list; NULL if it is refused. */
static char *read_ids(const char *text, enum ids_kind kind, const char *now)
{
	struct apm_mask mask = { 0 }, all, result;
	struct complaint complaint = { 0 };
	struct ids ids = { 0 };
	char list[1536] = "";

	memset(&all, 0xff, sizeof(all));
	if (now && parse_ids(now, IDS_SET, "adapter", &ids, &complaint))
		mask = ids.set;
	if (!parse_ids(text, kind, "adapter", &ids, &complaint)) {
		assert_non_null(complaint.message);
		complaint_free(&complaint);
		return NULL;
	}
	ids_apply(&ids, &mask, &all, &result);
	apm_mask_format_list(&result, 2, list, sizeof(list));
	return xstrdup(list);
}

static void reads(const char *text, enum ids_kind kind, const char *now,
		  const char *wanted)
{
	char *got = read_ids(text, kind, now);

	if (wanted) {
		assert_non_null(got);
		assert_string_equal(got, wanted);
	} else {
		assert_null(got);
	}
	free(got);
}

static void ids_in_every_form(void **state)
{
	(void)state;
	reads("5", IDS_SET, NULL, "05");
	reads("0x0a,10", IDS_SET, NULL, "0a");
	reads("7,5-6", IDS_SET, NULL, "05-07");
	reads("255,0", IDS_SET, NULL, "00,ff");
	reads("all", IDS_SET, NULL, "00-ff");
	reads("none", IDS_SET_NONE, "5", "");
	reads("+7,-5", IDS_EDIT_NONE, "5-6", "06-07");
	reads("7", IDS_EDIT_NONE, "5-6", "07");
}

static void ids_that_are_refused(void **state)
{
	static const char *const texts[] = {
		"", " ", "5,", ",5", "5,,6", "6-5", "5-", "-5", "+5", "05", "0b1",
		"ab", "0x", "0xg", "256", "0x100", "18446744073709551621", "1-2-3",
		"5.5", "5 6", "all,5", "none", "ALL", "5\n", "\33[1m",
	};
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		reads(texts[i], IDS_SET, NULL, NULL);
	reads("5,+6", IDS_EDIT_NONE, "5", NULL);
}

static void queues_as_the_kernel_prints_them(void **state)
{
	static const char *const wrong[] = {
		"", "5.4", "05.ab", "05.0100", "105.0004", "05.0004 ", "05,0004",
	};
	struct complaint complaint = { 0 };
	unsigned int apid, apqi, i;

	(void)state;
	assert_true(parse_apqn("0a.00ff", &apid, &apqi, &complaint));
	assert_int_equal(apid, 0x0a);
	assert_int_equal(apqi, 0xff);
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		if (parse_apqn(wrong[i], &apid, &apqi, &complaint))
			fail_msg("\"%s\" is taken", wrong[i]);
		complaint_free(&complaint);
	}
}

static void uuids_and_names(void **state)
{
	static const char *const wrong[] = {
		"", "-a", ".a", "a b", "a/b", "all", "none", "guest:a", "\33",
		"62177883-f1bb-47f0-914d-32a22e3a8804",
		"a234567890123456789012345678901234567890123456789012345678901234x",
	};
	struct complaint complaint = { 0 };
	char uuid[UUID_LEN + 1];
	unsigned int i;

	(void)state;
	assert_true(parse_uuid("62177883-F1BB-47f0-914d-32a22e3a8804", uuid));
	assert_string_equal(uuid, "62177883-f1bb-47f0-914d-32a22e3a8804");
	assert_false(parse_uuid("62177883-f1bb-47f0-914d-32a22e3a880", uuid));
	assert_false(parse_uuid("62177883-f1bb-47f0-914d-32a22e3a88045", uuid));
	assert_false(parse_uuid("62177883f-1bb-47f0-914d-32a22e3a8804", uuid));
	assert_true(parse_name("_web-1.x", &complaint));
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		if (parse_name(wrong[i], &complaint))
			fail_msg("\"%s\" is taken", wrong[i]);
		complaint_free(&complaint);
	}
}

static void times_and_counts(void **state)
{
	static const struct {
		const char *text;
		int milliseconds;	/* -1: refused */
	} times[] = {
		{ "0", 0 }, { "1.5", 1500 }, { "0.001", 1 }, { "86400", 86400000 },
		{ "86400.001", -1 }, { "1.2345", -1 }, { "", -1 }, { ".5", -1 }, { "1.", -1 },
		{ "-1", -1 }, { "1e3", -1 }, { "99999999999999999999", -1 },
	};
	struct complaint complaint = { 0 };
	unsigned int i, milliseconds;
	unsigned long count;

	(void)state;
	for (i = 0; i < sizeof(times) / sizeof(*times); i++) {
		bool good = parse_seconds(times[i].text, &milliseconds, &complaint);

		if (good != (times[i].milliseconds >= 0) ||
		    (good && (int)milliseconds != times[i].milliseconds))
			fail_msg("\"%s\"", times[i].text);
		complaint_free(&complaint);
	}
	assert_true(parse_count("10", 1, 10, &count, &complaint));
	assert_int_equal(count, 10);
	assert_false(parse_count("11", 1, 10, &count, &complaint));
	complaint_free(&complaint);
	assert_false(parse_count("0", 1, 10, &count, &complaint));
	complaint_free(&complaint);
}

static void splits(const char *line, const char *wanted)
{
	struct complaint complaint = { 0 };
	struct names words = { 0 };
	struct text text = { 0 };
	bool good = words_split(line, strlen(line), &words, &complaint);
	size_t i;

	for (i = 0; i < words.nr; i++)
		text_addf(&text, "%s%s", i ? "|" : "", words.at[i]);
	assert_int_equal(good, wanted != NULL);
	assert_int_equal(good, !complaint.message);
	if (wanted)
		assert_string_equal(text_str(&text), wanted);
	complaint_free(&complaint);
	names_free(&words);
	text_free(&text);
}

static void lines_of_a_batch(void **state)
{
	(void)state;
	splits("", "");
	splits(" \t# all of it", "");
	splits("assign web1  -a 5 # why", "assign|web1|-a|5");
	splits("a#b 'c d' \"e \\\" f\" g\\ h ''", "a#b|c d|e \" f|g h|");
	splits("'a", NULL);
	splits("\"a", NULL);
	splits("a\\", NULL);
}

static void phrases(void **state)
{
	struct apm_limits limits = { .max = { 15, 15, 15 } };
	struct apm_matrix matrix = { 0 };
	struct text text = { 0 };

	(void)state;
	apm_mask_set(&matrix.dim[APM_DIM_ADAPTER], 5);
	apm_mask_set(&matrix.dim[APM_DIM_DOMAIN], 4);
	phrase_apqns(&text, &matrix);
	assert_string_equal(text_str(&text), "05.0004");
	text_free(&text);
	assert_false(phrase_beyond(&text, &limits, &matrix, APM_DIM_DOMAIN));
	apm_mask_set(&matrix.dim[APM_DIM_DOMAIN], 42);
	phrase_apqns(&text, &matrix);
	assert_string_equal(text_str(&text), "05.0004 and 1 more");
	text_free(&text);
	assert_true(phrase_beyond(&text, &limits, &matrix, APM_DIM_DOMAIN));
	assert_string_equal(text_str(&text),
			    "domain 0x2a (42) is greater than the highest of this host, 0x0f (15)");
	text_free(&text);
}

#define AP	"<hostdev type='mdev' model='vfio-ap'><source><address uuid='"
#define CCW	"<hostdev type='mdev' model='vfio-ccw'><source><address uuid='"
#define END	"'/></source></hostdev>"
#define ONE	"62177883-f1bb-47f0-914d-32a22e3a8804"
#define TWO	"7c1e3a54-0b7e-4d3c-9d1c-1f6a70d5b001"

static void matrix_of_a_guest(void **state)
{
	static const struct {
		const char *xml, *uuid;
	} guests[] = {
		{ "", NULL },
		{ "<uuid>" ONE "</uuid>", NULL },
		{ CCW ONE END, NULL },
		{ CCW TWO END AP ONE END, ONE },
		{ AP ONE END AP TWO END, ONE },
		{ AP ONE, NULL },
		{ AP ONE "'", ONE },
		{ AP "6217" END AP TWO END, TWO },
		{ "<hostdev><address uuid='" TWO END "vfio-ap", NULL },
	};
	char uuid[UUID_LEN + 1];
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(guests) / sizeof(*guests); i++) {
		if (libvirt_matrix(guests[i].xml, uuid) != !!guests[i].uuid)
			fail_msg("guest %u", i);
		if (guests[i].uuid)
			assert_string_equal(uuid, guests[i].uuid);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_in_every_form),
		cmocka_unit_test(ids_that_are_refused),
		cmocka_unit_test(queues_as_the_kernel_prints_them),
		cmocka_unit_test(uuids_and_names),
		cmocka_unit_test(times_and_counts),
		cmocka_unit_test(lines_of_a_batch),
		cmocka_unit_test(phrases),
		cmocka_unit_test(matrix_of_a_guest),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
