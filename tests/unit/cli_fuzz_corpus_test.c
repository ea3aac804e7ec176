// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fuzzers' corpus (tests/fuzz) without a fuzzer: what was found once is
 * tried ever after, each file whole and cut at every length.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define LLVMFuzzerTestOneInput	fuzz_ids
#include "tests/fuzz/ids.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput	fuzz_masks
#include "tests/fuzz/masks.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput	fuzz_uevents
#include "tests/fuzz/uevents.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput	fuzz_definitions
#include "tests/fuzz/definitions.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput	fuzz_plans
#include "tests/fuzz/plans.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput	fuzz_guests
#include "tests/fuzz/guests.c"
#undef LLVMFuzzerTestOneInput

#define CORPUS	"tests/fuzz/corpus/"

typedef int (*fuzz_fn)(const uint8_t *data, size_t size);

static void try_file(const char *path, fuzz_fn fuzz)
{
	uint8_t data[4096];
	FILE *file = fopen(path, "rb");
	size_t len, cut;

	assert_non_null(file);
	len = fread(data, 1, sizeof(data), file);
	fclose(file);
	for (cut = 0; cut <= len; cut++)
		assert_int_equal(fuzz(data, cut), 0);
}

static void try_all(const char *name, fuzz_fn fuzz)
{
	char path[512];
	struct dirent *entry;
	unsigned int nr = 0;
	DIR *dir;

	snprintf(path, sizeof(path), CORPUS "%s", name);
	dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (*entry->d_name == '.')
			continue;
		snprintf(path, sizeof(path), CORPUS "%s/%s", name, entry->d_name);
		try_file(path, fuzz);
		nr++;
	}
	closedir(dir);
	assert_int_not_equal(nr, 0);
}

static void ids_as_typed(void **state)
{
	(void)state;
	try_all("ids", fuzz_ids);
}

static void masks_as_printed(void **state)
{
	(void)state;
	try_all("masks", fuzz_masks);
}

static void messages_of_the_kernel(void **state)
{
	(void)state;
	try_all("uevents", fuzz_uevents);
}

static void definitions_of_mdevctl(void **state)
{
	(void)state;
	try_all("definitions", fuzz_definitions);
}

static void plans_of_users(void **state)
{
	(void)state;
	try_all("plans", fuzz_plans);
}

static void guests_of_libvirt(void **state)
{
	(void)state;
	try_all("guests", fuzz_guests);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_as_typed),
		cmocka_unit_test(masks_as_printed),
		cmocka_unit_test(messages_of_the_kernel),
		cmocka_unit_test(definitions_of_mdevctl),
		cmocka_unit_test(plans_of_users),
		cmocka_unit_test(guests_of_libvirt),
	};

	return cmocka_run_group_tests_name("fuzz corpus", tests, NULL, NULL);
}
