// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files that people write: whatever is wrong with them has a line and a
 * column, and nothing of them crashes the reader.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "format/json-place.h"
#include "format/plan-file.h"
#include "format/profile.h"

static const char plan[] =
"{\n"
"  \"api_level\": 1,\n"
"  \"pool\": {\"adapters\": [\"5-7\"], \"domains\": \"none\", \"queues\": [\"0a.00ab\"],\n"
"    \"method\": \"auto\", \"allow_extra\": true, \"persist\": false},\n"
"  \"matrices\": [\n"
"    {\"name\": \"web1\", \"uuid\": null, \"owner\": \"a\\\"b\", \"comment\": null,\n"
"     \"active\": true, \"start\": \"auto\", \"adapters\": [5, \"0x06-7\"],\n"
"     \"domains\": \"all\", \"control_domains\": \"same\"},\n"
"    {\"uuid\": \"62177883-f1bb-47f0-914d-32a22e3a8804\"}\n"
"  ]\n"
"}\n";

static const char profile[] =
"{\"meta\": {\"api_level\": 1},\n"
" \"host\": {\"ap_bus\": true, \"module\": true, \"adapters\": [5],\n"
"  \"domains\": [4, 71], \"control_domains\": [], \"max_adapter\": 255,\n"
"  \"max_domain\": 255, \"regime\": \"masks\", \"features\": null,\n"
"  \"apmask\": \"0xfbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\",\n"
"  \"aqmask\": \"0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\",\n"
"  \"cards\": [{\"adapter\": 5, \"type\": \"CEX8C\", \"hwtype\": 14,\n"
"   \"functions\": \"0x10000000\", \"config\": true, \"chkstop\": null}]}}\n";

typedef bool (*reader_fn)(const char *text, size_t len,
			  struct complaint *complaint);

static bool read_plan(const char *text, size_t len, struct complaint *complaint)
{
	struct plan_file file;
	bool good = plan_file_parse(text, len, NULL, &file, complaint);

	if (good)
		plan_file_free(&file);
	return good;
}

static bool read_profile(const char *text, size_t len,
			 struct complaint *complaint)
{
	struct snapshot *snap = snapshot_new();
	bool good = profile_parse(text, len, snap, complaint);

	snapshot_free(snap);
	return good;
}

static unsigned int lines_of(const char *text, size_t len)
{
	unsigned int lines = 1;

	while (len--)
		lines += text[len] == '\n';
	return lines;
}

/* Good, or with a place within the text. Counts what was refused. */
static bool refuses(reader_fn reader, const char *text, size_t len)
{
	struct complaint complaint = { 0 };
	/* exactly as long, so that a step beyond the end is seen */
	char *copy = malloc(len ? len : 1);
	bool good = (memcpy(copy, text, len), reader(copy, len, &complaint));
	unsigned int line = 0;
	int column = -1;

	if (!good) {
		assert_non_null(complaint.message);
		assert_int_equal(sscanf(complaint.message, "line %u, column %d: ",
					&line, &column), 2);
		assert_in_range(line, 1, lines_of(text, len));
		assert_in_range(column, 0, len + 1);
	}
	complaint_free(&complaint);
	free(copy);
	return !good;
}

static void break_each_byte(reader_fn reader, const char *text)
{
	static const char others[] = { '\0', '"', '{', ']', ',', '\\', '9', '\n',
				       ' ', 'x', '\x80', '\xff' };
	size_t len = strlen(text), i, j, refused = 0;
	char *copy = malloc(len + 1);

	assert_false(refuses(reader, text, len));
	for (i = 0; i < len; i++) {
		/* the last byte is a newline, which may be missing */
		if (i < len - 1)
			assert_true(refuses(reader, text, i));
		for (j = 0; j < sizeof(others); j++) {
			memcpy(copy, text, len);
			copy[i] = others[j];
			refused += refuses(reader, copy, len);
		}
		memcpy(copy, text, i);
		memcpy(copy + i, text + i + 1, len - i - 1);
		refused += refuses(reader, copy, len - 1);
		memcpy(copy, text, i);
		copy[i] = text[i];
		memcpy(copy + i + 1, text + i, len - i);
		refused += refuses(reader, copy, len + 1);
	}
	assert_true(refused > 5 * len);
	free(copy);
}

static void a_plan_broken_at_each_byte(void **state)
{
	(void)state;
	break_each_byte(read_plan, plan);
}

static void a_profile_broken_at_each_byte(void **state)
{
	(void)state;
	break_each_byte(read_profile, profile);
}

static void complains(const char *text, const char *message)
{
	struct complaint complaint = { 0 };

	assert_false(read_plan(text, strlen(text), &complaint));
	assert_string_equal(complaint.message, message);
	complaint_free(&complaint);
}

static void two_alike(void **state)
{
	(void)state;
	complains("{\"api_level\": 1, \"matrices\": [\n"
		  " {\"name\": \"a\"},\n {\"name\": \"b\"},\n {\"name\": \"a\"}]}",
		  "line 4, column 2: matrices[2]: \"a\" is also the name of matrices[0]");
	complains("{\"api_level\": 1, \"matrices\": [\n"
		  " {\"uuid\": \"62177883-F1BB-47f0-914d-32a22e3a8804\"},\n"
		  " {\"uuid\": \"62177883-f1bb-47f0-914d-32a22e3a8804\"}]}",
		  "line 3, column 2: matrices[1]: "
		  "62177883-f1bb-47f0-914d-32a22e3a8804 is also the UUID of matrices[0]");
	complains("{\"api_level\": 1,\n \"api_level\": 1}",
		  "line 2, column 12: duplicate object key near '\"api_level\"'");
}

static void what_a_plan_says(void **state)
{
	struct complaint complaint = { 0 };
	struct plan_file file;

	(void)state;
	assert_true(plan_file_parse(plan, strlen(plan), NULL, &file, &complaint));
	assert_int_equal(file.nr_matrices, 2);
	assert_string_equal(file.matrices[0].name.word, "web1");
	assert_string_equal(file.matrices[0].owner.word, "a\"b");
	assert_true(file.matrices[0].comment.given);
	assert_null(file.matrices[0].comment.word);
	assert_int_equal(apm_mask_weight(&file.matrices[0].ids[APM_DIM_ADAPTER].set), 3);
	assert_true(file.matrices[0].ids[APM_DIM_DOMAIN].all);
	assert_true(file.matrices[0].control_same);
	assert_int_equal(file.matrices[0].start, START_AUTO);
	assert_false(file.matrices[1].start_given);
	assert_true(apm_mask_test(&file.pool->queues[0x0a], 0xab));
	plan_file_free(&file);
}

static void place_is(const char *text, const struct json_step *steps, size_t nr,
		     bool of_key, unsigned int line, unsigned int column)
{
	struct json_place place = json_place(text, strlen(text), steps, nr, of_key);

	assert_int_equal(place.line, line);
	assert_int_equal(place.column, column);
}

static void places_of_values(void **state)
{
	static const char text[] = "\n {\"a]\\\"\": [1, \"}\", {\"\xc3\xa4\": 2}],\n"
				   "\"b\" :\t[[], {}, 3]}";
	static const struct json_step b[] = { { .key = "b" }, { .item = 2 } };
	static const struct json_step none[] = { { .key = "c" }, { .item = 2 } };
	static const struct json_step beyond[] = { { .key = "b" }, { .item = 3 } };

	(void)state;
	place_is(text, NULL, 0, false, 2, 2);
	place_is(text, b, 1, true, 3, 1);
	place_is(text, b, 1, false, 3, 7);
	place_is(text, b, 2, false, 3, 16);
	/* the way leads nowhere: as far as it goes */
	place_is(text, none, 2, false, 2, 2);
	place_is(text, beyond, 2, false, 3, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_broken_at_each_byte),
		cmocka_unit_test(a_profile_broken_at_each_byte),
		cmocka_unit_test(two_alike),
		cmocka_unit_test(what_a_plan_says),
		cmocka_unit_test(places_of_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
