// SPDX-License-Identifier: GPL-2.0-only
/*
 * module/apm/ on the build machine: what the module's filter, limits and texts are.
 *
 * In the drawings a queue is B (bound and clean), p (being reset), u (unbound)
 * or . (not in the host's configuration).
 */
/* cmocka hands each test a state that none of these needs */
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "module/apm/apm.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* helpers */

static struct apm_mask ids(const char *list)
{
	struct apm_mask mask = { { 0 } };

	if (*list)
		assert_int_equal(apm_parse_list(list, strlen(list), &mask), 0);
	return mask;
}

static struct apm_matrix matrix(const char *adapters, const char *domains,
			       const char *control_domains)
{
	struct apm_matrix m = { { ids(adapters), ids(domains), ids(control_domains) } };

	return m;
}

static const char *list_of(const struct apm_mask *mask)
{
	static char text[4][2048];
	static unsigned int turn;
	char *buf = text[turn++ % 4];

	apm_mask_format_list(mask, 0, buf, sizeof(text[0]));
	return buf;
}

/* A small machine: the state of each queue, all others have no device. */
struct world {
	enum apm_reason state[APM_MATRIX_IDS][APM_MATRIX_IDS];
	unsigned int asked;
};

static enum apm_reason world_state(void *ctx, unsigned int apid, unsigned int apqi)
{
	struct world *world = ctx;

	world->asked++;
	return world->state[apid][apqi];
}

/*
 * Rows of a drawing: "05 B u .", first the columns' domains. What the host
 * lacks as a whole is said by the host matrix.
 */
static struct world *draw(const char *columns, const char *const *rows)
{
	struct world *world = calloc(1, sizeof(*world));
	unsigned int i, j;

	for (i = 0; i < APM_MATRIX_IDS; i++)
		for (j = 0; j < APM_MATRIX_IDS; j++)
			world->state[i][j] = APM_REASON_NO_QUEUE_DEVICE;
	for (; *rows; rows++) {
		unsigned int apid = strtoul(*rows, NULL, 16);
		const char *column = columns, *queue = *rows + 3;

		for (; *column; column += *column ? 5 : 0, queue += 5) {
			unsigned int apqi = strtoul(column, NULL, 16);

			switch (*queue) {
			case 'B':
				world->state[apid][apqi] = APM_REASON_NONE;
				break;
			case 'p':
				world->state[apid][apqi] = APM_REASON_RESET_PENDING;
				break;
			case 'u':
				world->state[apid][apqi] = APM_REASON_UNBOUND;
				break;
			case '.':
				break;
			default:
				fail_msg("drawing: %s", *rows);
			}
			if (strlen(column) < 5)
				break;
		}
	}
	return world;
}

/* masks */

static void id_0_is_the_leftmost_bit(void **state)
{
	struct apm_mask mask = ids("0,63,64,255");

	assert_true(mask.word[0] == 0x8000000000000001UL);
	assert_true(mask.word[1] == 0x8000000000000000UL);
	assert_true(mask.word[2] == 0);
	assert_true(mask.word[3] == 1);
	assert_true(apm_mask_test(&mask, 0) && apm_mask_test(&mask, 255));
	assert_false(apm_mask_test(&mask, 1));
	apm_mask_clear(&mask, 63);
	assert_true(mask.word[0] == 0x8000000000000000UL);
	apm_mask_clear(&mask, 63);
	assert_true(mask.word[0] == 0x8000000000000000UL);
	assert_int_equal(apm_mask_weight(&mask), 3);
}

static void ids_are_visited_in_order_and_only_once(void **state)
{
	static const unsigned int want[] = { 0, 1, 62, 63, 64, 127, 128, 254, 255 };
	struct apm_mask mask = ids("0-1,62-64,127-128,254-255");
	unsigned int id, n = 0;

	apm_mask_for_each(id, &mask) {
		assert_in_range(n, 0, ARRAY_SIZE(want) - 1);
		assert_int_equal(id, want[n]);
		assert_int_equal(apm_mask_nth(&mask, n), id);
		n++;
	}
	assert_int_equal(n, ARRAY_SIZE(want));
	assert_int_equal(apm_mask_nth(&mask, n), APM_MATRIX_IDS);
	assert_int_equal(apm_mask_next(&mask, 256), APM_MATRIX_IDS);
	assert_int_equal(apm_mask_next(&mask, UINT32_MAX), APM_MATRIX_IDS);
}

static void set_operations_say_whether_something_is_left(void **state)
{
	struct apm_mask a = ids("1-3"), b = ids("3-4"), res;

	assert_true(apm_mask_and(&res, &a, &b));
	assert_string_equal(list_of(&res), "3");
	assert_true(apm_mask_andnot(&res, &a, &b));
	assert_string_equal(list_of(&res), "1-2");
	apm_mask_or(&res, &a, &b);
	assert_string_equal(list_of(&res), "1-4");
	assert_true(apm_mask_subset(&a, &res));
	assert_false(apm_mask_subset(&res, &a));
	assert_true(apm_mask_intersects(&a, &b));
	assert_false(apm_mask_andnot(&a, &a, &a));
	assert_true(apm_mask_empty(&a));
	assert_false(apm_mask_intersects(&a, &b));
	assert_false(apm_mask_equal(&a, &b));
}

/* matrices */

static void sharing_is_about_apqns_not_about_ids(void **state)
{
	static const struct {
		const char *a[2], *b[2], *common[2];
		bool shares;
	} cases[] = {
		/* the kernel document's examples 1 to 3 */
		{ { "1,2", "5,6" }, { "1,2", "7" }, { "1-2", "" }, false },
		{ { "1,2", "5,6" }, { "3,4", "5,6" }, { "", "5-6" }, false },
		{ { "1,2", "5,6" }, { "1", "6,7" }, { "1", "6" }, true },
		{ { "0-255", "0-255" }, { "255", "255" }, { "255", "255" }, true },
		{ { "1", "" }, { "1", "1" }, { "1", "" }, false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct apm_matrix a = matrix(cases[i].a[0], cases[i].a[1], "1");
		struct apm_matrix b = matrix(cases[i].b[0], cases[i].b[1], "1");
		struct apm_matrix common;

		assert_int_equal(apm_matrix_shares(&a, &b, &common), cases[i].shares);
		assert_int_equal(apm_matrix_shares(&b, &a, NULL), cases[i].shares);
		assert_string_equal(list_of(apm_matrix_apm(&common)), cases[i].common[0]);
		assert_string_equal(list_of(apm_matrix_aqm(&common)), cases[i].common[1]);
	}
}

static void a_difference_names_what_comes_and_what_goes(void **state)
{
	struct apm_matrix from = matrix("1,2", "5,6", "9"), to = matrix("2,3", "5,6", "");
	struct apm_matrix_diff diff;

	apm_matrix_diff(&from, &to, &diff);
	assert_string_equal(list_of(apm_matrix_apm(&diff.added)), "3");
	assert_string_equal(list_of(apm_matrix_apm(&diff.removed)), "1");
	assert_true(apm_mask_empty(apm_matrix_aqm(&diff.added)));
	assert_string_equal(list_of(apm_matrix_adm(&diff.removed)), "9");
	assert_int_equal(apm_matrix_apqns_lost(&from, &to), 2);
	assert_int_equal(apm_matrix_apqns_lost(&from, &from), 0);
	to = matrix("1,2", "", "");
	assert_int_equal(apm_matrix_apqns_lost(&from, &to), 4);
	assert_int_equal(apm_matrix_apqns_lost(&to, &from), 0);
}

static void domains_beyond_are_those_of_one_adapter(void **state)
{
	struct apm_matrix now = matrix("1-2", "4-5", ""), before = matrix("2-3", "5-6", "");
	struct apm_mask domains;

	/* an adapter that both have: the domains that are new */
	assert_true(apm_matrix_domains_beyond(&now, &before, 2, &domains));
	assert_int_equal(apm_mask_weight(&domains), 1);
	assert_true(apm_mask_test(&domains, 4));
	/* one that only the first has: all of its domains */
	assert_true(apm_matrix_domains_beyond(&now, &before, 1, &domains));
	assert_int_equal(apm_mask_weight(&domains), 2);
	/* one that only the other has */
	assert_false(apm_matrix_domains_beyond(&now, &before, 3, &domains));
	assert_true(apm_mask_empty(&domains));
	assert_false(apm_matrix_domains_beyond(&now, &now, 1, &domains));
}

static void each_dimension_of_a_matrix_counts(void **state)
{
	static const struct apm_matrix nothing;
	unsigned int dim;

	assert_true(apm_matrix_empty(&nothing));
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		struct apm_matrix one = { 0 };

		apm_mask_set(&one.dim[dim], 200);
		assert_false(apm_matrix_empty(&one));
		assert_false(apm_matrix_equal(&one, &nothing));
		assert_false(apm_matrix_equal(&nothing, &one));
		assert_true(apm_matrix_equal(&one, &one));
	}
}

static void a_part_has_one_id_of_its_dimension(void **state)
{
	struct apm_matrix whole = matrix("1,2", "5,6", "9"), part;

	apm_matrix_part(&whole, APM_DIM_ADAPTER, 2, &part);
	assert_string_equal(list_of(apm_matrix_apm(&part)), "2");
	assert_string_equal(list_of(apm_matrix_aqm(&part)), "5-6");
	assert_string_equal(list_of(apm_matrix_adm(&part)), "9");
	apm_matrix_part(&whole, APM_DIM_DOMAIN, 7, &part);
	assert_string_equal(list_of(apm_matrix_apm(&part)), "1-2");
	assert_string_equal(list_of(apm_matrix_aqm(&part)), "7");
}

/* limits */

/* shows: C15 */
static void limits_follow_qci(void **state)
{
	static const struct {
		bool apxa;
		unsigned int na, nd, adapter, domain;
	} cases[] = {
		{ true, 255, 255, 255, 255 },
		{ true, 15, 84, 15, 84 },
		{ false, 255, 255, 63, 15 },
		{ false, 0, 0, 63, 15 },
		{ true, 0, 0, 0, 0 },
		{ true, 1000, 256, 255, 255 },
	};
	struct apm_limits limits;
	struct apm_matrix m;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		apm_limits_from_qci(&limits, cases[i].apxa, cases[i].na, cases[i].nd);
		assert_int_equal(limits.max[APM_DIM_ADAPTER], cases[i].adapter);
		assert_int_equal(limits.max[APM_DIM_DOMAIN], cases[i].domain);
		assert_int_equal(limits.max[APM_DIM_CONTROL_DOMAIN], cases[i].domain);
	}
	apm_limits_from_qci(&limits, false, 0, 0);
	m = matrix("63", "15", "15");
	assert_int_equal(apm_limits_check(&limits, &m), 0);
	m = matrix("64", "", "");
	assert_int_equal(apm_limits_check(&limits, &m), -ENODEV);
	m = matrix("", "16", "");
	assert_int_equal(apm_limits_check(&limits, &m), -ENODEV);
	m = matrix("", "", "255");
	assert_int_equal(apm_limits_check(&limits, &m), -ENODEV);
	apm_limits_from_qci(&limits, true, 255, 255);
	m = matrix("0-255", "0-255", "0-255");
	assert_int_equal(apm_limits_check(&limits, &m), 0);
}

/* the filter */

struct filter_case {
	const char *name;
	const char *columns;
	const char *rows[6];
	const char *assigned[3], *host[3];
	const char *now[2];		/* the guest so far; NULL: not told */
	bool removing;
	const char *guest[3];
	const char *withheld;
};

static const struct filter_case filter_cases[] = {
	{
		"all is bound",
		"0004 0047", { "05 B    B", "06 B    B" },
		{ "5,6", "4,0x47", "4" }, { "5,6", "4,0x47", "4" }, { NULL, NULL }, false,
		{ "5-6", "4,71", "4" }, "",
	}, {
		"one queue unbound: its adapter is withheld, domains stay",
		"0004 0047", { "05 B    B", "06 B    u" },
		{ "5,6", "4,0x47", "" }, { "5,6", "4,0x47", "" }, { NULL, NULL }, false,
		{ "5", "4,71", "" }, "6",
	}, {
		"a domain that the host lacks costs nobody an adapter",
		"0004 0047", { "05 B    .", "06 B    ." },
		{ "5,6", "4,0x47", "4,5" }, { "5,6", "4", "4" }, { NULL, NULL }, false,
		{ "5-6", "4", "4" }, "",
	}, {
		"an adapter that the host lacks is not withheld, but absent",
		"0004", { "05 B" },
		{ "5,7", "4", "" }, { "5", "4", "" }, { NULL, NULL }, false,
		{ "5", "4", "" }, "",
	}, {
		"every adapter withheld: the domains are left",
		"0004", { "05 u" },
		{ "5", "4", "" }, { "5", "4", "" }, { NULL, NULL }, false,
		{ "", "4", "" }, "5",
	}, {
		"no domain: adapters are as good as assigned",
		"0004", { "05 u" },
		{ "5", "", "3" }, { "5", "4", "3" }, { NULL, NULL }, false,
		{ "5", "", "3" }, "",
	}, {
		"nothing is left while the mdev is being removed",
		"0004", { "05 B" },
		{ "5", "4", "4" }, { "5", "4", "4" }, { "5", "4" }, true,
		{ "", "", "" }, "5",
	}, {
		"a new domain waits for the reset of a queue on the guest's adapter",
		"0004 0047", { "05 B    p", "06 B    B" },
		{ "5,6", "4,0x47", "" }, { "5,6", "4,0x47", "" }, { "5,6", "4" }, false,
		{ "5-6", "4", "" }, "",
	}, {
		"not so if the reset has failed: then the adapter pays",
		"0004 0047", { "05 B    u", "06 B    B" },
		{ "5,6", "4,0x47", "" }, { "5,6", "4,0x47", "" }, { "5,6", "4" }, false,
		{ "6", "4,71", "" }, "5",
	}, {
		"so it does for one on an adapter that comes with it, and so do control domains",
		"0004 0047", { "05 B    B", "06 B    p" },
		{ "5,6", "4,0x47", "4" }, { "5,6", "4,0x47", "4" }, { "5", "4" }, false,
		{ "5", "4", "" }, "6",
	}, {
		"and an adapter for one on another: the guest grows once",
		"0004 0047", { "05 B    B", "06 B    B", "07 p    B" },
		{ "5-7", "4,0x47", "" }, { "5-7", "4,0x47", "" }, { "5", "4,0x47" }, false,
		{ "5", "4,71", "" }, "6-7",
	}, {
		"what goes does not wait for what comes",
		"0004 0047", { "05 B    B", "06 B    u", "07 p    B" },
		{ "5-7", "4,0x47", "" }, { "5-7", "4,0x47", "" }, { "5,6", "4,0x47" }, false,
		{ "5", "4,71", "" }, "6-7",
	}, {
		"a domain of the guest is not put off: its adapter goes",
		"0004 0047", { "05 B    p", "06 B    B" },
		{ "5,6", "4,0x47", "" }, { "5,6", "4,0x47", "" }, { "5,6", "4,0x47" }, false,
		{ "6", "4,71", "" }, "5",
	},
};

static void filter_gives_what_the_drawing_says(void **state)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(filter_cases); i++) {
		const struct filter_case *c = &filter_cases[i];
		struct world *world = draw(c->columns, c->rows);
		struct apm_matrix assigned = matrix(c->assigned[0], c->assigned[1], c->assigned[2]);
		struct apm_matrix host = matrix(c->host[0], c->host[1], c->host[2]);
		struct apm_matrix now = { 0 }, guest;
		struct apm_filter filter = {
			.assigned = &assigned, .host = &host,
			.state = world_state, .ctx = world, .removing = c->removing,
		};
		struct apm_mask withheld;
		unsigned int dim;

		if (c->now[0]) {
			now = matrix(c->now[0], c->now[1], "");
			filter.current_guest = &now;
		}
		print_message("           - %s\n", c->name);
		apm_filter_run(&filter, &guest);
		apm_mask_and(&withheld, apm_matrix_apm(&assigned), apm_matrix_apm(&host));
		apm_mask_andnot(&withheld, &withheld, apm_matrix_apm(&guest));
		for (dim = 0; dim < APM_DIM_NR; dim++)
			assert_string_equal(list_of(&guest.dim[dim]), c->guest[dim]);
		assert_string_equal(list_of(&withheld), c->withheld);
		free(world);
	}
}

static void filter_may_write_over_what_it_compares_with(void **state)
{
	static const char *const rows[] = { "05 B    B", NULL };
	struct world *world = draw("0004 0047", rows);
	struct apm_matrix assigned = matrix("5", "4,0x47", "1"), host = assigned;
	struct apm_matrix guest = matrix("5", "4", "");
	struct apm_filter filter = {
		.assigned = &assigned, .host = &host, .current_guest = &guest,
		.state = world_state, .ctx = world,
	};

	apm_filter_run(&filter, &guest);
	assert_true(apm_matrix_equal(&guest, &assigned));
	free(world);
}

/* A second, naive filter: an adapter passes if all of its queues do. */
static void filter_agrees_with_a_naive_one_on_random_machines(void **state)
{
	struct world *world = calloc(1, sizeof(*world));
	unsigned int round, i, j;

	srand(4711);
	for (round = 0; round < 500; round++) {
		struct apm_matrix assigned = { 0 }, host = { 0 }, guest, want = { 0 };
		struct apm_filter filter = {
			.assigned = &assigned, .host = &host,
			.state = world_state, .ctx = world,
		};
		unsigned int dim;

		for (i = 0; i < 12; i++) {
			for (dim = 0; dim < APM_DIM_NR; dim++) {
				unsigned int id = i * 23 + 2;

				if (rand() % 2)
					apm_mask_set(&assigned.dim[dim], id);
				if (rand() % 4)
					apm_mask_set(&host.dim[dim], id);
			}
			for (j = 0; j < 12; j++)
				world->state[i * 23 + 2][j * 23 + 2] =
					rand() % 12 ? APM_REASON_NONE :
					(enum apm_reason)(rand() % APM_REASON_SIBLING_WITHHELD);
		}
		for (i = 0; i < APM_MATRIX_IDS; i++) {
			bool passes = true;

			for (dim = APM_DIM_DOMAIN; dim < APM_DIM_NR; dim++)
				if (apm_mask_test(&assigned.dim[dim], i) &&
				    apm_mask_test(&host.dim[dim], i))
					apm_mask_set(&want.dim[dim], i);
			if (!apm_mask_test(apm_matrix_apm(&assigned), i) ||
			    !apm_mask_test(apm_matrix_apm(&host), i))
				continue;
			for (j = 0; j < APM_MATRIX_IDS; j++)
				if (apm_mask_test(apm_matrix_aqm(&assigned), j) &&
				    apm_mask_test(apm_matrix_aqm(&host), j) &&
				    world->state[i][j] != APM_REASON_NONE)
					passes = false;
			if (passes)
				apm_mask_set(&want.dim[APM_DIM_ADAPTER], i);
		}
		apm_filter_run(&filter, &guest);
		assert_true(apm_matrix_equal(&guest, &want));

		/* every assigned APQN is in the guest or has a reason */
		apm_mask_for_each(i, apm_matrix_apm(&assigned)) {
			apm_mask_for_each(j, apm_matrix_aqm(&assigned)) {
				bool given = apm_filter_reason(&filter, &guest, i, j) ==
					     APM_REASON_NONE;

				assert_int_equal(given, apm_matrix_has(&guest, i, j));
			}
		}
	}
	free(world);
}

/* shows: P11 */
static void filter_asks_only_about_what_the_host_has(void **state)
{
	static const char *const rows[] = { NULL };
	struct world *world = draw("", rows);
	struct apm_matrix assigned = matrix("0-255", "0-255", ""), host = matrix("3", "", "");
	struct apm_filter filter = {
		.assigned = &assigned, .host = &host, .state = world_state, .ctx = world,
	};
	struct apm_matrix guest;

	apm_filter_run(&filter, &guest);
	assert_int_equal(world->asked, 0);
	free(world);
}

static void each_absent_apqn_has_its_reason(void **state)
{
	static const char *const rows[] = { "05 B    B", "06 B    u", NULL };
	static const char want[] =
		"05.0048 domain-not-in-host-config\n"
		"06.0004 sibling-withheld\n"
		"06.0047 unbound\n"
		"06.0048 domain-not-in-host-config\n"
		"09.0004 adapter-not-in-host-config\n"
		"09.0047 adapter-not-in-host-config\n"
		"09.0048 adapter-not-in-host-config\n";
	struct world *world = draw("0004 0047", rows);
	struct apm_matrix assigned = matrix("5,6,9", "4,0x47,0x48", "");
	struct apm_matrix host = matrix("5,6,7", "4,0x47", ""), guest;
	struct apm_filter filter = {
		.assigned = &assigned, .host = &host, .state = world_state, .ctx = world,
	};
	char text[1024];
	size_t len;

	apm_filter_run(&filter, &guest);
	len = apm_filter_read_reasons(&filter, &guest, text, sizeof(text), 0);
	text[len] = '\0';
	assert_string_equal(text, want);

	filter.removing = true;
	apm_filter_run(&filter, &guest);
	assert_int_equal(apm_filter_reason(&filter, &guest, 5, 4), APM_REASON_REMOVING);
	free(world);
}

static void reason_words_are_interface(void **state)
{
	static const char *const words[] = {
		"", "mdev-removing", "adapter-not-in-host-config",
		"domain-not-in-host-config", "no-queue-device", "type-unsupported",
		"unbound", "bound-to-other-driver", "reset-pending", "reset-failed",
		"sibling-withheld",
	};
	unsigned int i;

	assert_int_equal(ARRAY_SIZE(words), APM_REASON_NR);
	for (i = 0; i < APM_REASON_NR; i++) {
		assert_string_equal(apm_reason_word(i), words[i]);
		if (i)
			assert_int_equal(apm_reason_from_word(words[i], strlen(words[i])), i);
	}
	assert_string_equal(apm_reason_word(APM_REASON_NR), "");
	assert_string_equal(apm_reason_word((enum apm_reason)-1), "");
	assert_int_equal(apm_reason_from_word("unboun", 6), APM_REASON_NR);
	assert_int_equal(apm_reason_from_word("", 0), APM_REASON_NR);
}

/* text in */

static void one_id_is_read_as_mainline_reads_it(void **state)
{
	static const struct {
		const char *text;
		int ret;
		unsigned long id;
	} cases[] = {
		{ "5", 0, 5 }, { "5\n", 0, 5 }, { "0", 0, 0 }, { "+5", 0, 5 },
		{ "0x5", 0, 5 }, { "0X5", 0, 5 }, { "0xAb", 0, 0xab },
		{ "05", 0, 5 }, { "010", 0, 8 }, { "+0x10\n", 0, 16 },
		{ "255", 0, 255 }, { "256", 0, 256 }, { "0xffff", 0, 0xffff },
		{ "18446744073709551615", 0, ~0UL },
		{ "0xffffffffffffffff", 0, ~0UL },
		{ "18446744073709551616", -ERANGE, 0 },
		{ "0x10000000000000000", -ERANGE, 0 },
		{ "99999999999999999999zz", -ERANGE, 0 },
		{ "", -EINVAL, 0 }, { "\n", -EINVAL, 0 }, { " ", -EINVAL, 0 },
		{ " 5", -EINVAL, 0 }, { "5 ", -EINVAL, 0 }, { "5\n\n", -EINVAL, 0 },
		{ "-1", -EINVAL, 0 }, { "--5", -EINVAL, 0 }, { "++5", -EINVAL, 0 },
		{ "+", -EINVAL, 0 }, { "08", -EINVAL, 0 }, { "0x", -EINVAL, 0 },
		{ "x5", -EINVAL, 0 }, { "0x05zz", -EINVAL, 0 }, { "0b1", -EINVAL, 0 },
		{ "5,6", -EINVAL, 0 }, { "5-6", -EINVAL, 0 }, { "5 6", -EINVAL, 0 },
		{ "ab", -EINVAL, 0 }, { "\x80\xff", -EINVAL, 0 }, { "5\xff", -EINVAL, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		unsigned long id = 4711;

		assert_int_equal(apm_parse_id(cases[i].text, strlen(cases[i].text), &id),
				 cases[i].ret);
		assert_true(id == (cases[i].ret ? 4711 : cases[i].id));
	}
}

static void an_id_ends_at_a_nul(void **state)
{
	unsigned long id;

	assert_int_equal(apm_parse_id("5\0junk", 6, &id), 0);
	assert_int_equal(id, 5);
	assert_int_equal(apm_parse_id("\0" "5", 2, &id), -EINVAL);
	/* nothing beyond len is read: the sanitizer watches */
	assert_int_equal(apm_parse_id((char[]){ '7' }, 1, &id), 0);
	assert_int_equal(id, 7);
	assert_int_equal(apm_parse_id((char[]){ '0', 'x' }, 2, &id), -EINVAL);
}

static void masks_are_left_justified(void **state)
{
	static const struct {
		const char *text;
		const char *ids;	/* NULL: refused */
	} cases[] = {
		{ "0x41", "1,7" }, { "41", "1,7" }, { "x41", "1,7" }, { "8", "0" },
		{ "0", "" }, { "0x0", "" }, { "0xfF", "0-7" },
		{ "0x0000000000000001", "63" },
		{ "0x0000000000000000000000000000000000000000000000000000000000000001", "255" },
		{ "0x00000000000000000000000000000000000000000000000000000000000000010", NULL },
		{ "", NULL }, { "0x", NULL }, { "x", NULL }, { "0X41", NULL },
		{ "xx41", NULL }, { "41 ", NULL }, { " 41", NULL }, { "g", NULL },
		{ "-1", NULL }, { "41\n", NULL },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct apm_mask mask = ids("9");
		int ret = apm_parse_mask(cases[i].text, strlen(cases[i].text), &mask);

		assert_int_equal(ret, cases[i].ids ? 0 : -EINVAL);
		assert_string_equal(list_of(&mask), cases[i].ids ? cases[i].ids : "9");
	}
}

static void ap_config_says_all_or_nothing(void **state)
{
	static const struct {
		const char *text;
		const char *ids[3];	/* NULL: refused */
	} cases[] = {
		{ "0x04,0x08,0x08\n", { "5", "4", "4" } },
		{ "0x04,0x08,0x08", { "5", "4", "4" } },
		{ "04,08,8\n", { "5", "4", "0" } },
		{ "x04,08,0x8\n", { "5", "4", "0" } },
		{ "0,0,0\n", { "", "", "" } },
		/* mainline takes newlines between the masks too */
		{ "04\n08\n8\n", { "5", "4", "0" } },
		{ "04,08\n8", { "5", "4", "0" } },
		/* control domains left out: the newline says that this is all */
		{ "04,08\n", { "5", "4", "" } },
		{ "04\n08\n", { "5", "4", "" } },
		{ "04,08", { NULL } },
		/* empty fields, which mainline takes for zero */
		{ "", { NULL } }, { "\n", { NULL } }, { ",,", { NULL } },
		{ ",,\n", { NULL } }, { "04,,8\n", { NULL } }, { ",08,8\n", { NULL } },
		{ "04,08,\n", { NULL } }, { "04,08,", { NULL } }, { "04\n", { NULL } },
		{ "0x,0x,0x\n", { NULL } },
		/* trailing garbage, which mainline ignores */
		{ "04,08,8\n\n", { NULL } }, { "04,08,8,\n", { NULL } },
		{ "04,08,8,4\n", { NULL } }, { "04,08,8\nx", { NULL } },
		{ "04,08,8 \n", { NULL } }, { "04,08\n\n", { NULL } },
		{ "zz,08,8\n", { NULL } }, { "04 08 8\n", { NULL } },
		{ "-4,08,8\n", { NULL } },
	};
	unsigned int i, dim;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct apm_matrix m = matrix("9", "9", "9");
		int ret = apm_parse_config(cases[i].text, strlen(cases[i].text), &m);

		assert_int_equal(ret, cases[i].ids[0] ? 0 : -EINVAL);
		for (dim = 0; dim < APM_DIM_NR; dim++)
			assert_string_equal(list_of(&m.dim[dim]),
					    cases[i].ids[0] ? cases[i].ids[dim] : "9");
	}
}

static void ap_config_reads_what_it_writes(void **state)
{
	struct apm_matrix m = matrix("0,5,255", "4,0x47", "1-7,250"), back;
	char text[APM_MATRIX_CONFIG_LEN + 1];
	size_t len = apm_matrix_read_config(&m, text, sizeof(text), 0);

	assert_int_equal(len, APM_MATRIX_CONFIG_LEN);
	assert_int_equal(text[len - 1], '\n');
	assert_int_equal(apm_parse_config(text, len, &back), 0);
	assert_true(apm_matrix_equal(&m, &back));
	/* without the newline, and with the NUL of a C string */
	assert_int_equal(apm_parse_config(text, len - 1, &back), 0);
	text[len] = '\0';
	assert_int_equal(apm_parse_config(text, len + 1, &back), 0);
	/* a digit too many, a write that continues */
	text[len - 1] = '0';
	assert_int_equal(apm_parse_config(text, len, &back), -EINVAL);
}

static void lists_set_and_edit(void **state)
{
	static const struct {
		const char *from, *text;
		int ret;
		const char *ids;
	} cases[] = {
		{ "9", "1,3-5,0x10", 0, "1,3-5,16" },
		{ "9", "0-255", 0, "0-255" },
		{ "9", "5-5", 0, "5" },
		{ "1,7", "+3-5,-7", 0, "1,3-5" }, { "1,7", "-7,+9", 0, "1,9" },
		{ "0-255", "+0,-6,+0x47,-0xf0", 0, "0-5,7-239,241-255" },
		{ "", "+0-255,-128", 0, "0-127,129-255" },
		{ "9", "", -EINVAL, "9" }, { "9", "1,", -EINVAL, "9" },
		{ "9", ",1", -EINVAL, "9" }, { "9", "1 2", -EINVAL, "9" },
		{ "9", "1,+2", -EINVAL, "9" }, { "9", "+1,2", -EINVAL, "9" },
		{ "9", "3-", -EINVAL, "9" }, { "9", "+", -EINVAL, "9" },
		{ "9", "007", -EINVAL, "9" }, { "9", "0a", -EINVAL, "9" },
		{ "9", "0-0x", -EINVAL, "9" }, { "9", "256", -ERANGE, "9" },
		{ "9", "5-3", -ERANGE, "9" }, { "9", "1-256", -ERANGE, "9" },
		{ "9", "99999999999999999999", -ERANGE, "9" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct apm_mask mask = ids(cases[i].from);

		assert_int_equal(apm_parse_list(cases[i].text, strlen(cases[i].text), &mask),
				 cases[i].ret);
		assert_string_equal(list_of(&mask), cases[i].ids);
	}
}

static void apqns_are_hexadecimal(void **state)
{
	static const char *const bad[] = {
		"", "5.4", "05.004", "05.00004", "05,0004", "0x.0004", "05.0100",
		"05.000g", " 5.0004", "05.0004\n", "05. 004",
	};
	unsigned int apid, apqi, i;

	assert_int_equal(apm_parse_apqn("0a.00Ff", 7, &apid, &apqi), 0);
	assert_int_equal(apid, 0x0a);
	assert_int_equal(apqi, 0xff);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(apm_parse_apqn(bad[i], strlen(bad[i]), &apid, &apqi), -EINVAL);
}

/* text out */

/* Any piece of a text is the same as that piece of the whole. */
static void assert_pieces(size_t (*read)(const struct apm_matrix *, char *, size_t, size_t),
			  const struct apm_matrix *m, const char *want, size_t want_len)
{
	static const size_t sizes[] = { 1, 3, 7, 8, 9, 13, 4095, 4096, 1 << 20 };
	char *piece = malloc(1 << 20);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		size_t offset = 0, len, turns = 0;

		/* small pieces of a long text prove themselves soon enough */
		while ((len = read(m, piece, sizes[i], offset)) && turns++ < 20000) {
			assert_true(offset + len <= want_len);
			assert_memory_equal(piece, want + offset, len);
			offset += len;
		}
		if (turns < 20000)
			assert_int_equal(offset, want_len);
	}
	assert_int_equal(read(m, piece, 4096, want_len), 0);
	assert_int_equal(read(m, piece, 4096, want_len + 1000), 0);
	assert_int_equal(read(m, piece, 4096, SIZE_MAX / 2), 0);
	free(piece);
}

static void matrix_lists_apqns_or_half_of_them(void **state)
{
	static const struct {
		const char *adapters, *domains, *text;
	} cases[] = {
		{ "5,6", "4,0xab", "05.0004\n05.00ab\n06.0004\n06.00ab\n" },
		{ "5,10", "", "05.\n0a.\n" },
		{ "", "4,0x47", ".0004\n.0047\n" },
		{ "", "", "" },
		{ "255", "255", "ff.00ff\n" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct apm_matrix m = matrix(cases[i].adapters, cases[i].domains, "1");

		assert_pieces(apm_matrix_read_apqns, &m, cases[i].text, strlen(cases[i].text));
	}
}

static unsigned int asked;

/* Of adapter 7 the last domain is being reset, all others are ready. */
static void all_but_one(void *ctx, unsigned int apid, const struct apm_mask *domains,
			struct apm_mask *ready, struct apm_mask *pending)
{
	asked++;
	*ready = ids("0-255");
	*pending = ids("");
	if (apid != 7)
		return;
	apm_mask_clear(ready, 255);
	apm_mask_set(pending, 255);
}

/* The module asks under its lock: what that costs may not grow with the queues. */
static void filter_of_65536_queues_asks_for_each_adapter(void **state)
{
	struct apm_matrix m = matrix("0-255", "0-255", "0-255"), guest;
	struct apm_filter filter = {
		.assigned = &m, .host = &m, .adapter_state = all_but_one,
	};

	asked = 0;
	apm_filter_run(&filter, &guest);
	assert_int_equal(asked, 256);
	assert_int_equal(apm_matrix_apqns(&guest), 255 * 256);
	assert_false(apm_matrix_has(&guest, 7, 0));

	/* the guest keeps what it has, and is not asked for the rest again */
	asked = 0;
	filter.current_guest = &guest;
	apm_filter_run(&filter, &guest);
	assert_int_equal(asked, 256);
	assert_int_equal(apm_matrix_apqns(&guest), 255 * 256);
}

static void all_65536_apqns_are_listed(void **state)
{
	struct apm_matrix m = matrix("0-255", "0-255", "0-255");
	char *want = malloc(65536 * 8 + 1);
	unsigned int apid, apqi;
	size_t len = 0;

	for (apid = 0; apid < 256; apid++)
		for (apqi = 0; apqi < 256; apqi++)
			len += sprintf(want + len, "%02x.%04x\n", apid, apqi);
	assert_int_equal(len, 65536 * 8);
	assert_pieces(apm_matrix_read_apqns, &m, want, len);
	assert_int_equal(apm_matrix_apqns(&m), APM_MATRIX_APQNS);
	/* an offset whose line number does not fit 32 bits is past the end, too */
	assert_int_equal(apm_matrix_read_apqns(&m, want, 8, (size_t)1 << 35), 0);
	free(want);
}

static void control_domains_are_one_per_line(void **state)
{
	struct apm_matrix m = matrix("1", "1", "0,5,255");

	assert_pieces(apm_matrix_read_control_domains, &m, "0000\n0005\n00ff\n", 15);
	assert_pieces(apm_matrix_read_config, &m,
		      "0x4000000000000000000000000000000000000000000000000000000000000000,"
		      "0x4000000000000000000000000000000000000000000000000000000000000000,"
		      "0x8400000000000000000000000000000000000000000000000000000000000001\n", 201);
}

static void reasons_can_be_read_in_pieces(void **state)
{
	static const char *const rows[] = { NULL };
	struct world *world = draw("", rows);
	struct apm_matrix assigned = matrix("0-40", "0-40", ""), host = assigned, guest;
	struct apm_filter filter = {
		.assigned = &assigned, .host = &host, .state = world_state, .ctx = world,
	};
	char *whole = malloc(1 << 20), piece[100];
	size_t len, offset = 0, n;

	apm_filter_run(&filter, &guest);
	len = apm_filter_read_reasons(&filter, &guest, whole, 1 << 20, 0);
	assert_int_equal(len, 41 * 41 * strlen("05.0004 no-queue-device\n"));
	while ((n = apm_filter_read_reasons(&filter, &guest, piece, sizeof(piece), offset))) {
		assert_memory_equal(piece, whole + offset, n);
		offset += n;
	}
	assert_int_equal(offset, len);
	free(whole);
	free(world);
}

static void lists_are_cut_at_an_item(void **state)
{
	struct apm_mask mask = ids("0-3,5,16-17");
	char text[32];

	assert_int_equal(apm_mask_format_list(&mask, 0, text, sizeof(text)), 11);
	assert_string_equal(text, "0-3,5,16-17");
	apm_mask_format_list(&mask, 2, text, sizeof(text));
	assert_string_equal(text, "00-03,05,10-11");
	apm_mask_format_list(&mask, 4, text, 20);
	assert_string_equal(text, "0000-0003,0005...");
	apm_mask_format_list(&mask, 20, text, 20);
	assert_string_equal(text, "0000-0003,0005...");
	apm_mask_format_list(&mask, 0, text, 4);
	assert_string_equal(text, "...");
	assert_int_equal(apm_mask_format_list(&mask, 0, text, 1), 0);
	assert_int_equal(apm_mask_format_list(&mask, 0, text, 0), 0);
	mask = ids("0-255");
	apm_mask_format_list(&mask, 0, text, sizeof(text));
	assert_string_equal(text, "0-255");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(id_0_is_the_leftmost_bit),
		cmocka_unit_test(ids_are_visited_in_order_and_only_once),
		cmocka_unit_test(set_operations_say_whether_something_is_left),
		cmocka_unit_test(sharing_is_about_apqns_not_about_ids),
		cmocka_unit_test(a_difference_names_what_comes_and_what_goes),
		cmocka_unit_test(domains_beyond_are_those_of_one_adapter),
		cmocka_unit_test(each_dimension_of_a_matrix_counts),
		cmocka_unit_test(a_part_has_one_id_of_its_dimension),
		cmocka_unit_test(limits_follow_qci),
		cmocka_unit_test(filter_gives_what_the_drawing_says),
		cmocka_unit_test(filter_may_write_over_what_it_compares_with),
		cmocka_unit_test(filter_agrees_with_a_naive_one_on_random_machines),
		cmocka_unit_test(filter_asks_only_about_what_the_host_has),
		cmocka_unit_test(each_absent_apqn_has_its_reason),
		cmocka_unit_test(reason_words_are_interface),
		cmocka_unit_test(one_id_is_read_as_mainline_reads_it),
		cmocka_unit_test(an_id_ends_at_a_nul),
		cmocka_unit_test(masks_are_left_justified),
		cmocka_unit_test(ap_config_says_all_or_nothing),
		cmocka_unit_test(ap_config_reads_what_it_writes),
		cmocka_unit_test(lists_set_and_edit),
		cmocka_unit_test(apqns_are_hexadecimal),
		cmocka_unit_test(matrix_lists_apqns_or_half_of_them),
		cmocka_unit_test(filter_of_65536_queues_asks_for_each_adapter),
		cmocka_unit_test(all_65536_apqns_are_listed),
		cmocka_unit_test(control_domains_are_one_per_line),
		cmocka_unit_test(reasons_can_be_read_in_pieces),
		cmocka_unit_test(lists_are_cut_at_an_item),
	};

	return cmocka_run_group_tests_name("matrix", tests, NULL, NULL);
}
