// SPDX-License-Identifier: GPL-2.0-only
/* What mdevctl prints: one matrix or several, and what is wrong has a place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cli-host.h"
#include "format/import-file.h"

#define ATTRS	"[{\"assign_adapter\": \"5\"}, {\"assign_domain\": \"0x04\"}]"
#define ONE	"{\"mdev_type\": \"vfio_ap-passthrough\", \"start\": \"auto\", \"attrs\": " ATTRS "}"
#define UUID1	"00000000-0000-4000-8000-000000000001"
#define UUID2	"00000000-0000-4000-8000-000000000002"

/* Takes nr matrices and leaves others out; or the complaint has this in it. */
static void takes(const char *json, const char *uuid, size_t nr, size_t others,
		  const char *complaint_part)
{
	const struct apm_matrix wanted = matrix_of("5", "4");
	struct snapshot *into = snapshot_new();
	struct complaint complaint = { 0 };
	size_t left_out = 0, i;
	bool good = import_parse(json, strlen(json), uuid, into, &left_out, &complaint);

	assert_int_equal(good, !complaint_part);
	if (good) {
		assert_int_equal(into->nr_matrices, nr);
		assert_int_equal(left_out, others);
		for (i = 0; i < nr; i++) {
			assert_int_equal(into->matrices[i].start, START_AUTO);
			assert_true(apm_matrix_equal(&into->matrices[i].definition, &wanted));
		}
	} else if (!strstr(complaint.message, complaint_part)) {
		fail_msg("%s", complaint.message);
	}
	complaint_free(&complaint);
	snapshot_free(into);
}

static void one_matrix(void **state)
{
	(void)state;
	takes(ONE, UUID1, 1, 0, NULL);
	takes(ONE, "", 0, 0, "line 1, column 1: a single definition without a UUID");
}

static void a_dump(void **state)
{
	(void)state;
	takes("[]", "", 0, 0, NULL);
	takes("[{\"matrix\": [{\"" UUID1 "\": " ONE "}, {\"" UUID2 "\": " ONE "}],"
	      "  \"0000:00:02.0\": [{\"" UUID2 "\": {}}]}]", "", 2, 1, NULL);
}

static void what_makes_no_sense(void **state)
{
	(void)state;
	takes("[", "", 0, 0, "line 1, column 1");
	takes("5", UUID1, 0, 0, "line 1, column");
	takes("[5]", "", 0, 0, "line 1, column 2: not an object");
	takes("[{\"matrix\":\n 5}]", "", 0, 0, "line 2, column 2: not an array");
	takes("[{\"matrix\": [{\"x\": " ONE "}]}]", "", 0, 0, "column 15: not a UUID");
	takes("[{\"matrix\": [{\"" UUID1 "\": " ONE "}, {\"" UUID1 "\": " ONE "}]}]", "", 0, 0,
	      "duplicate UUID");
	takes("{\"api_level\": 1}", "", 0, 0, "this is a plan file");
	takes("{\"mdev_type\": \"vfio_ap-passthrough\", \"start\": \"auto\"}", UUID1, 0, 0,
	      "\"attrs\" is missing");
	takes("{\"mdev_type\": \"i915\", \"start\": \"auto\", \"attrs\": []}", UUID1, 0, 0,
	      "line 1, column");
	takes("{\"mdev_type\": \"vfio_ap-passthrough\", \"start\": \"auto\","
	      " \"attrs\": [{\"color\": \"red\"}]}", UUID1, 0, 0, "unknown attribute");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_matrix),
		cmocka_unit_test(a_dump),
		cmocka_unit_test(what_makes_no_sense),
	};

	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
