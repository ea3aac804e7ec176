// SPDX-License-Identifier: GPL-2.0-only
/* A matrix that changes while its files are read. */
// sources: cli/host/read-matrices.c cli/host/sysfs.c
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cli-host.h"
#include "host/read-matrices.h"

#define BOTH	"05.0004\n05.0047\n"
#define ONE	"05.0004\n"

/* What the kernel's files say; NULL: it has no such file. */
struct files {
	const char *matrix, *guest_matrix, *reasons;
};

static struct files files, later;
static const char *changes_after;	/* this file is read; NULL: it does not */
static unsigned int reasons_read;

static int fake_read(struct sysfs *fs, const char *path, struct text *value)
{
	const char *name = strrchr(path, '/') + 1, *content = NULL;

	(void)fs;
	if (str_is(name, "matrix"))
		content = files.matrix;
	if (str_is(name, "guest_matrix"))
		content = files.guest_matrix;
	if (str_is(name, "reasons")) {
		content = files.reasons;
		reasons_read++;
	}
	if (!content)
		return -ENOENT;
	text_add(value, content);
	if (str_is(name, changes_after)) {
		files = later;
		changes_after = NULL;
	}
	return 0;
}

static int fake_kind(struct sysfs *fs, const char *path)
{
	(void)fs;
	(void)path;
	return ENTRY_DIRECTORY;
}

static const struct sysfs_ops ops = { .read = fake_read, .kind = fake_kind };

/* Reads a matrix that changes from one state of its files to the other. */
static struct matrix reading(struct files from, const char *after, struct files to)
{
	struct sysfs fs = { .ops = &ops, .root = "", .root_fd = -1 };
	struct matrix matrix = { .generation = -1 };
	struct snapshot *snap = new_host();

	snap->host.features.reasons = from.reasons;
	strcpy(matrix.uuid, uuids[0]);
	files = from;
	later = to;
	changes_after = after;
	reasons_read = 0;
	assert_true(read_matrix(&fs, snap, &matrix, NULL));
	read_reasons(&fs, snap, &matrix);
	snapshot_free(snap);
	return matrix;
}

/* apmatrix monitor said queue-missing of a queue that was unassigned. */
static void what_is_unassigned_meanwhile_is_not_missing(void **state)
{
	struct matrix matrix = reading((struct files){ BOTH, BOTH, NULL }, "matrix",
				       (struct files){ ONE, ONE, NULL });

	(void)state;
	assert_false(apm_matrix_has(&matrix.assigned, 5, 0x47));
	assert_int_equal(matrix_missing(&matrix), 0);
}

static void what_is_given_meanwhile_has_no_reason(void **state)
{
	struct matrix matrix = reading((struct files){ BOTH, ONE, "05.0047 reset-pending\n" },
				       "guest_matrix",
				       (struct files){ BOTH, BOTH, "" });

	(void)state;
	assert_int_equal(matrix_missing(&matrix), 0);
	assert_int_equal(matrix.nr_reasons, 0);
}

static void what_is_taken_meanwhile_has_its_reason(void **state)
{
	struct matrix matrix = reading((struct files){ BOTH, BOTH, "" }, "guest_matrix",
				       (struct files){ BOTH, ONE, "05.0047 unbound\n" });

	(void)state;
	assert_int_equal(matrix_missing(&matrix), 1);
	assert_int_equal(matrix.nr_reasons, 1);
	free(matrix.reasons);
}

static void files_that_never_agree_are_not_read_for_ever(void **state)
{
	struct matrix matrix = reading((struct files){ BOTH, ONE, "" }, NULL,
				       (struct files){ BOTH, ONE, "" });

	(void)state;
	assert_int_equal(matrix_missing(&matrix), 1);
	assert_int_equal(reasons_read, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_unassigned_meanwhile_is_not_missing),
		cmocka_unit_test(what_is_given_meanwhile_has_no_reason),
		cmocka_unit_test(what_is_taken_meanwhile_has_its_reason),
		cmocka_unit_test(files_that_never_agree_are_not_read_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
