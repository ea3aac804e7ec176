// SPDX-License-Identifier: GPL-2.0-only
/* The file system below a root: no link leads out, nothing is waited for. */
// sources: cli/host/sysfs.c
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "host/sysfs.h"

static struct sysfs fs;
static char *here;

static void put(const char *name, const char *content)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	fputs(content, file);
	assert_int_equal(fclose(file), 0);
}

/* here/secret is outside of the root here/root. */
static int enter(void **state)
{
	char name[] = "/tmp/apmatrix-XXXXXX", root[64];

	(void)state;
	here = strdup(mkdtemp(name));
	if (chdir(here) || mkdir("root", 0755) || mkdir("root/dir", 0755))
		return -1;
	put("secret", "outside");
	put("root/secret", "inside");
	put("root/dir/file", "file");
	snprintf(root, sizeof(root), "%s/root", here);
	return sysfs_open(&fs, root, &sysfs_real_ops);
}

static int leave(void **state)
{
	char command[64];

	(void)state;
	sysfs_close(&fs);
	snprintf(command, sizeof(command), "rm -r %s", here);
	if (chdir("/") || system(command))
		return -1;
	free(here);
	return 0;
}

static void reads(const char *path, const char *content)
{
	struct text text = { 0 };

	assert_int_equal(sysfs_read(&fs, path, &text), 0);
	assert_string_equal(text_str(&text), content);
	text_free(&text);
}

static int reading(const char *path)
{
	struct text text = { 0 };
	int ret = sysfs_read(&fs, path, &text);

	text_free(&text);
	return ret;
}

static void steps_read(const char *path, const char *content)
{
	char found[16] = "";
	int fd = sysfs_open_by_steps(&fs, path, O_RDONLY);

	assert_true(fd >= 0);
	assert_true(read(fd, found, sizeof(found) - 1) >= 0);
	close(fd);
	assert_string_equal(found, content);
}

/* With openat2() and without it. */
static void links_stay_below_the_root(void **state)
{
	char target[64];

	(void)state;
	snprintf(target, sizeof(target), "%s/secret", here);
	assert_int_equal(symlink(target, "root/absolute"), 0);
	assert_int_equal(symlink("../../../../../../secret", "root/up"), 0);
	assert_int_equal(symlink("/secret", "root/inside"), 0);
	assert_int_equal(symlink("/dir", "root/by-dir"), 0);
	assert_int_equal(symlink("loop", "root/loop"), 0);
	assert_int_equal(reading("/absolute"), -ENOENT);
	reads("/up", "inside");
	reads("/inside", "inside");
	reads("/by-dir/../secret", "inside");
	reads("/by-dir/file", "file");
	assert_int_equal(reading("/loop"), -ELOOP);
	assert_int_equal(sysfs_open_by_steps(&fs, "absolute", O_RDONLY), -ENOENT);
	steps_read("up", "inside");
	steps_read("inside", "inside");
	steps_read("by-dir/../secret", "inside");
	steps_read("by-dir/file", "file");
	assert_true(sysfs_open_by_steps(&fs, "loop", O_RDONLY) < 0);
}

static void links_are_seen_as_links(void **state)
{
	char name[16];
	int fd;

	(void)state;
	assert_int_equal(symlink("/etc/driver", "root/dir/link"), 0);
	assert_int_equal(sysfs_link(&fs, "/dir/link", name, sizeof(name)), 0);
	assert_string_equal(name, "driver");
	assert_true(sysfs_exists(&fs, "/dir/link"));
	fd = sysfs_open_by_steps(&fs, "dir/link", O_PATH | O_NOFOLLOW);
	assert_true(fd >= 0);
	assert_true(readlinkat(fd, "", name, sizeof(name)) > 0);
	close(fd);
}

static void lists_by_kind(void **state)
{
	struct names names;

	(void)state;
	assert_int_equal(symlink("dir", "root/link"), 0);
	assert_int_equal(sysfs_list(&fs, "/", ENTRY_DIRECTORY, &names), 0);
	assert_int_equal(names.nr, 1);
	assert_string_equal(names.at[0], "dir");
	names_free(&names);
	assert_int_equal(sysfs_list(&fs, "/", ENTRY_LINK, &names), 0);
	assert_int_equal(names.nr, 1);
	assert_string_equal(names.at[0], "link");
	names_free(&names);
	assert_int_equal(sysfs_list(&fs, "/", ENTRY_FILE, &names), 0);
	assert_int_equal(names.nr, 1);
	assert_string_equal(names.at[0], "secret");
	names_free(&names);
	assert_int_equal(sysfs_list(&fs, "/nowhere", ENTRY_FILE, &names), -ENOENT);
}

/* Neither waits for a writer, nor reads without end. */
static void no_file_is_not_read(void **state)
{
	struct sysfs live;
	struct text text = { 0 };

	(void)state;
	assert_int_equal(mkfifo("root/fifo", 0600), 0);
	assert_int_equal(reading("/fifo"), -EINVAL);
	assert_int_equal(reading("/dir"), -EISDIR);
	assert_int_equal(sysfs_open(&live, NULL, &sysfs_real_ops), 0);
	assert_int_equal(sysfs_read(&live, "/dev/zero", &text), -EINVAL);
	sysfs_close(&live);
	text_free(&text);
}

static void resolves(const char *path, const char *wanted)
{
	char *full = sysfs_resolve(fs.root, path);

	assert_string_equal(full + strlen(fs.root), wanted);
	free(full);
}

static void paths_are_resolved_as_they_will_be(void **state)
{
	char *full;

	(void)state;
	assert_int_equal(symlink("/dir/new/", "root/to-be"), 0);
	resolves("/to-be/x", "/dir/new/x");
	resolves("/dir/../../..//./secret", "/secret");
	resolves("/", "");
	full = sysfs_resolve_place(fs.root, "/to-be");
	assert_string_equal(full + strlen(fs.root), "/to-be");
	free(full);
	assert_int_equal(symlink("again", "root/again"), 0);
	full = sysfs_resolve(fs.root, "/again/x");
	assert_int_equal(open(full, O_RDONLY), -1);
	assert_int_equal(errno, ENAMETOOLONG);
	free(full);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
	const struct CMUnitTest tests[] = {
		TEST(links_stay_below_the_root), TEST(links_are_seen_as_links),
		TEST(lists_by_kind), TEST(no_file_is_not_read),
		TEST(paths_are_resolved_as_they_will_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
