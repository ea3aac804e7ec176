// SPDX-License-Identifier: GPL-2.0-only
/* Files on a disk that is full, or that cannot be renamed: all or nothing. */
// sources: cli/change/staged.c cli/host/sysfs.c
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "change/staged.h"

static char *here;	/* the root of the test */

static int enter(void **state)
{
	char name[] = "/tmp/apmatrix-XXXXXX";

	*state = here = strdup(mkdtemp(name));
	return chdir(*state);
}

static int leave(void **state)
{
	unlink("one");
	unlink("two");
	rmdir("two");
	rmdir("etc");
	if (chdir("/") || rmdir(*state))
		return -1;
	free(*state);
	return 0;
}

static void put(const char *name, const char *content)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	fputs(content, file);
	assert_int_equal(fclose(file), 0);
}

static void holds(const char *name, const char *content)
{
	char found[64] = "";
	FILE *file = fopen(name, "r");

	assert_non_null(file);
	assert_int_equal(fread(found, 1, sizeof(found) - 1, file), strlen(content));
	fclose(file);
	assert_string_equal(found, content);
}

static unsigned int files(void)
{
	struct dirent *entry;
	unsigned int nr = 0;
	DIR *dir = opendir(".");

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		nr += *entry->d_name != '.' && strcmp(entry->d_name, "etc");
	closedir(dir);
	return nr;
}

static int stage(struct staged *staged, const char *name, const char *content)
{
	char path[64];

	if (!staged->root)
		staged->root = here;
	snprintf(path, sizeof(path), "/%s", name);
	return staged_write(staged, path, content, strlen(content));
}

/* The first bytes can be written, the others cannot. */
static void full_disk(void **state)
{
	struct rlimit old, small;
	struct staged staged = { 0 };
	int ret;

	(void)state;
	put("one", "old");
	assert_int_equal(stage(&staged, "two", "new"), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 4;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	ret = stage(&staged, "one", "longer than that");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(ret, -EFBIG);
	staged_end(&staged);
	holds("one", "old");
	assert_int_equal(files(), 1);
}

static void together(void **state)
{
	struct staged staged = { 0 };

	(void)state;
	put("one", "old");
	assert_int_equal(chmod("one", 0600), 0);
	assert_int_equal(stage(&staged, "one", "new"), 0);
	assert_int_equal(stage(&staged, "two", "new, too"), 0);
	holds("one", "old");
	assert_int_equal(staged_commit(&staged), 0);
	staged_end(&staged);
	holds("one", "new");
	holds("two", "new, too");
	assert_int_equal(files(), 2);
}

/* What is in the way of the second is found only when the first is in place. */
static void second_fails(void **state)
{
	struct staged staged = { 0 };

	(void)state;
	put("one", "old");
	assert_int_equal(stage(&staged, "one", "new"), 0);
	assert_int_equal(stage(&staged, "two", "new"), 0);
	assert_int_equal(mkdir("two", 0755), 0);
	assert_true(staged_commit(&staged) < 0);
	staged_end(&staged);
	holds("one", "old");
	assert_int_equal(files(), 2);
}

/* The first did not exist, and does not after that. */
static void second_fails_first_is_new(void **state)
{
	struct staged staged = { 0 };

	(void)state;
	assert_int_equal(stage(&staged, "one", "new"), 0);
	assert_int_equal(stage(&staged, "two", "new"), 0);
	assert_int_equal(mkdir("two", 0755), 0);
	assert_true(staged_commit(&staged) < 0);
	staged_end(&staged);
	assert_int_equal(files(), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(full_disk, enter, leave),
		cmocka_unit_test_setup_teardown(together, enter, leave),
		cmocka_unit_test_setup_teardown(second_fails, enter, leave),
		cmocka_unit_test_setup_teardown(second_fails_first_is_new, enter,
						leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
