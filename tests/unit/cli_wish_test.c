// SPDX-License-Identifier: GPL-2.0-only
/* Queues by wish: which adapters and domains are chosen, and which never. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cli-host.h"
#include "core/wish.h"

/* NULL for adapters: there is no such matrix. */
static void gives(const struct snapshot *snap, struct wish wish, const char *adapters,
		  const char *domains, unsigned int available)
{
	struct apm_matrix chosen = { 0 }, wanted = matrix_of(adapters, domains);
	unsigned int found;

	assert_int_equal(wish_find(snap, &wish, &chosen, &found), adapters != NULL);
	assert_int_equal(found, available);
	if (adapters)
		assert_true(apm_matrix_equal(&chosen, &wanted));
}

static void over_cards_and_over_domains(void **state)
{
	struct snapshot *snap = new_host();

	(void)state;
	gives(snap, (struct wish){ .queues = 3 }, "5-7", "4", 9);
	gives(snap, (struct wish){ .queues = 3, .spread = WISH_DOMAINS }, "5", "4-6", 9);
	gives(snap, (struct wish){ .queues = 2 }, "5,6", "4", 9);
	gives(snap, (struct wish){ .queues = 4 }, "5,6", "4,5", 9);
	gives(snap, (struct wish){ .queues = 9 }, "5-7", "4-6", 9);
	gives(snap, (struct wish){ .queues = 5 }, NULL, NULL, 9);
	gives(snap, (struct wish){ .queues = 10 }, NULL, NULL, 9);
	gives(snap, (struct wish){ .queues = 65536 }, NULL, NULL, 9);
	snapshot_free(snap);
}

/* Assigned, defined, off, without the driver, too old: none of these. */
static void only_what_is_free(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix;

	(void)state;
	new_matrix(snap, 0, "5", "4");
	matrix = snapshot_matrix(snap, uuids[1]);
	matrix->defined = true;
	matrix->definition = matrix_of("6", "4");
	gives(snap, (struct wish){ .queues = 3 }, "5-7", "5", 7);
	snapshot_queue(snap, 7, 5)->driver = DRIVER_NONE;
	gives(snap, (struct wish){ .queues = 3 }, "5-7", "6", 6);
	snap->cards[7].config = 0;
	gives(snap, (struct wish){ .queues = 3 }, NULL, NULL, 4);
	snap->cards[6].chkstop = 1;
	gives(snap, (struct wish){ .queues = 2 }, "5", "5,6", 2);
	snap->cards[5].hwtype = APM_TYPE_CEX4 - 1;
	gives(snap, (struct wish){ .queues = 1 }, NULL, NULL, 0);
	snapshot_free(snap);
}

static void of_a_generation(void **state)
{
	struct snapshot *snap = new_host();

	(void)state;
	snap->cards[6].hwtype = APM_TYPE_CEX4 + 3;
	gives(snap, (struct wish){ .queues = 1, .generation = "cex7" }, "6", "4", 3);
	gives(snap, (struct wish){ .queues = 2, .generation = "CEX8" }, "5,7", "4", 6);
	gives(snap, (struct wish){ .queues = 1, .generation = "CEX9" }, NULL, NULL, 0);
	gives(snap, (struct wish){ .queues = 1, .mode = "ep11" }, NULL, NULL, 0);
	snapshot_free(snap);
}

static void from_the_host(void **state)
{
	struct snapshot *snap = new_host();

	(void)state;
	snap->host.apmask = mask_of("6,7");
	gives(snap, (struct wish){ .queues = 2 }, "5", "4,5", 3);
	gives(snap, (struct wish){ .queues = 3, .from_host = true }, "5-7", "4", 9);
	snapshot_free(snap);
}

/* Only adapters, or only domains, are added. */
static void adds_spread(const struct snapshot *snap, struct wish wish, enum apm_dim dim,
			const char *ids)
{
	struct apm_matrix chosen = { 0 }, wanted = { 0 };
	unsigned int available;

	wanted.dim[dim] = mask_of(ids);
	assert_true(wish_find(snap, &wish, &chosen, &available));
	assert_true(apm_matrix_equal(&chosen, &wanted));
}

static void adds(const struct snapshot *snap, const struct apm_matrix *present,
		 unsigned int queues, enum apm_dim dim, const char *ids)
{
	adds_spread(snap, (struct wish){ .queues = queues, .present = present }, dim, ids);
}

/* To a matrix that is there, whole adapters or whole domains are added. */
static void added_to_a_matrix(void **state)
{
	struct snapshot *snap = new_host();
	const struct matrix *matrix = new_matrix(snap, 0, "5,6", "4");
	const struct apm_matrix *present = &matrix->assigned;
	struct apm_matrix empty = { 0 };

	(void)state;
	adds(snap, present, 1, APM_DIM_ADAPTER, "7");
	adds(snap, present, 2, APM_DIM_DOMAIN, "5");
	adds(snap, present, 4, APM_DIM_DOMAIN, "5,6");
	gives(snap, (struct wish){ .queues = 3, .present = present }, NULL, NULL, 7);
	gives(snap, (struct wish){ .queues = 6, .present = present }, NULL, NULL, 7);
	snapshot_queue(snap, 7, 4)->driver = DRIVER_NONE;
	gives(snap, (struct wish){ .queues = 1, .present = present }, NULL, NULL, 6);
	snapshot_queue(snap, 6, 5)->driver = DRIVER_NONE;
	adds(snap, present, 2, APM_DIM_DOMAIN, "6");
	gives(snap, (struct wish){ .queues = 2, .present = &empty }, "5,6", "6", 5);
	snapshot_free(snap);
}

/* A host can have such combinations that all of them could not be tried while somebody waits. */
static void a_search_that_would_take_too_long(void **state)
{
	struct snapshot *snap = new_host();
	unsigned int apid, apqi;

	(void)state;
	for (apid = 0; apid < 64; apid++) {
		snap->cards[apid] = snap->cards[7];
		for (apqi = 0; apqi < 8; apqi++) {
			struct queue *queue = snapshot_queue(snap, apid, apqi);

			*queue = (struct queue){ .known = true };
			if (apqi % 4 != apid / 16)
				continue;
			queue->present = true;
			queue->driver = DRIVER_VFIO_AP;
		}
	}
	gives(snap, (struct wish){ .queues = 17 }, NULL, NULL, 128);
	gives(snap, (struct wish){ .queues = 16 }, "0-15", "0", 128);
	snapshot_free(snap);
}

/* What has no adapters, or no domains, or an adapter that is not there, can grow by the other. */
static void added_to_a_part(void **state)
{
	struct snapshot *snap = new_host();
	struct apm_matrix present = matrix_of("5", NULL);
	struct wish wish;

	(void)state;
	adds(snap, &present, 1, APM_DIM_DOMAIN, "4");
	present = matrix_of(NULL, "4");
	adds(snap, &present, 1, APM_DIM_ADAPTER, "5");
	wish = (struct wish){ .queues = 1, .present = &present, .spread = WISH_DOMAINS };
	adds_spread(snap, wish, APM_DIM_ADAPTER, "5");
	present = new_matrix(snap, 0, "5", "4")->assigned;
	adds_spread(snap, wish, APM_DIM_DOMAIN, "5");
	wish.queues = 4;
	gives(snap, wish, NULL, NULL, 8);
	snap->cards[5].present = false;
	adds(snap, &present, 1, APM_DIM_ADAPTER, "6");
	snapshot_free(snap);
}

/* The kind of adapters that has the most. */
static void of_the_kind_that_spreads_best(void **state)
{
	struct snapshot *snap = new_host();

	(void)state;
	snap->cards[5].hwtype--;
	gives(snap, (struct wish){ .queues = 2 }, "6,7", "4", 9);
	gives(snap, (struct wish){ .queues = 3 }, "5", "4-6", 9);
	snapshot_free(snap);
}

/* A card that does not tell its type may be old or new, and is of no generation. */
static void of_an_unknown_type(void **state)
{
	struct snapshot *snap = new_host();

	(void)state;
	snap->cards[5].hwtype = snap->cards[6].hwtype = snap->cards[7].hwtype = 0;
	gives(snap, (struct wish){ .queues = 1 }, "5", "4", 9);
	gives(snap, (struct wish){ .queues = 1, .generation = "CEX8" }, NULL, NULL, 0);
	snapshot_free(snap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(over_cards_and_over_domains),
		cmocka_unit_test(only_what_is_free),
		cmocka_unit_test(of_a_generation),
		cmocka_unit_test(from_the_host),
		cmocka_unit_test(added_to_a_matrix),
		cmocka_unit_test(a_search_that_would_take_too_long),
		cmocka_unit_test(added_to_a_part),
		cmocka_unit_test(of_the_kind_that_spreads_best),
		cmocka_unit_test(of_an_unknown_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
