// SPDX-License-Identifier: GPL-2.0-only
/* What a snapshot tells: what a guest gets, why not, whose a queue is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cli-host.h"
#include "core/explain.h"
#include "core/queue-view.h"

static void guest_is(const struct matrix *matrix, const char *adapters,
		     const char *domains)
{
	const struct apm_matrix wanted = matrix_of(adapters, domains);

	assert_true(apm_mask_equal(apm_matrix_apm(&matrix->guest), apm_matrix_apm(&wanted)));
	assert_true(apm_mask_equal(apm_matrix_aqm(&matrix->guest), apm_matrix_aqm(&wanted)));
}

/* 05 and 06 by 0004 and 0005, where 06.0005 has no driver */
static void one_queue_keeps_its_adapter_out(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix;

	(void)state;
	snapshot_queue(snap, 6, 5)->driver = DRIVER_NONE;
	matrix = new_matrix(snap, 0, "5,6", "4,5");
	guest_is(matrix, "5", "4,5");
	assert_int_equal(matrix_missing(matrix), 2);
	snapshot_free(snap);
}

static void says(const struct explainer *explainer, unsigned int apid,
		 unsigned int apqi, const char *word, const char *fix)
{
	struct verdict verdict = explain_apqn(explainer, apid, apqi);
	struct names fixes = { 0 };
	struct text sentence = { 0 };
	struct apm_mask blocking;

	explain_blocking(explainer, apid, &blocking);
	explain_sentence(explainer, apid, apqi, &verdict, &blocking, &sentence);
	explain_fixes(explainer, apid, apqi, &verdict, &blocking, &fixes);
	assert_string_equal(verdict.word, word);
	assert_int_not_equal(sentence.len, 0);
	assert_int_equal(fixes.nr > 0, fix != NULL);
	if (fix)
		assert_string_equal(fixes.at[0], fix);
	text_free(&sentence);
	names_free(&fixes);
}

/* each reason that shows in sysfs, and the first thing that helps */
static void reasons_computed(void **state)
{
	struct snapshot *snap = new_host();
	struct explainer explainer;
	struct matrix *matrix;

	(void)state;
	snapshot_queue(snap, 5, 4)->driver = DRIVER_NONE;
	snapshot_queue(snap, 5, 5)->driver = snapshot_driver(snap, "cex4queue");
	*snapshot_queue(snap, 6, 4) = (struct queue){ .known = true };
	snap->cards[7].hwtype = APM_TYPE_CEX4 - 1;
	snapshot_queue(snap, 7, 4)->driver = DRIVER_NONE;
	matrix = new_matrix(snap, 0, "5-8", "4,5,9");
	matrix->name = xstrdup("web1");
	explain_begin(&explainer, snap, matrix);
	says(&explainer, 5, 4, "unbound", "apmatrix pool reserve --apqn 05.0004");
	says(&explainer, 5, 5, "bound-to-other-driver", "apmatrix pool reserve --apqn 05.0005");
	says(&explainer, 5, 9, "domain-not-in-host-config", "apmatrix unassign web1 -d 0x09");
	says(&explainer, 6, 4, "no-queue-device", "echo 1 >/sys/bus/ap/scans");
	says(&explainer, 6, 5, "sibling-withheld", "echo 1 >/sys/bus/ap/scans");
	says(&explainer, 7, 4, "type-unsupported", "apmatrix unassign web1 -a 0x07");
	says(&explainer, 8, 4, "adapter-not-in-host-config", "apmatrix unassign web1 -a 0x08");
	snapshot_free(snap);
}

static void sentence_is(const struct explainer *explainer, unsigned int apid,
			unsigned int apqi, const char *part)
{
	struct verdict verdict = explain_apqn(explainer, apid, apqi);
	struct text sentence = { 0 };
	struct apm_mask blocking;

	explain_blocking(explainer, apid, &blocking);
	explain_sentence(explainer, apid, apqi, &verdict, &blocking, &sentence);
	assert_non_null(strstr(text_str(&sentence), part));
	text_free(&sentence);
}

/* A sentence says which masks have a queue, and which queues withhold an adapter. */
static void sentences_name_the_cause(void **state)
{
	struct snapshot *snap = new_host();
	struct explainer explainer;
	struct matrix *matrix;

	(void)state;
	snapshot_queue(snap, 5, 4)->driver = DRIVER_NONE;
	snapshot_queue(snap, 5, 5)->driver = DRIVER_NONE;
	snapshot_queue(snap, 6, 4)->driver = DRIVERS_MAX - 1;
	matrix = new_matrix(snap, 0, "5,6", "4-6");
	explain_begin(&explainer, snap, matrix);
	sentence_is(&explainer, 5, 6, "adapter 0x05 (5) is withheld: 05.0004 and 05.0005 are not");
	sentence_is(&explainer, 5, 4, "unbound manually");
	sentence_is(&explainer, 6, 5, "adapter 0x06 (6) is withheld: 06.0004");
	snapshot_queue(snap, 6, 5)->driver = DRIVERS_MAX - 1;
	snapshot_queue(snap, 6, 6)->driver = DRIVERS_MAX - 1;
	matrix->assigned = matrix_of("6", "4-6,9");
	apm_mask_set(&snap->host.config.dim[APM_DIM_DOMAIN], 9);
	*snapshot_queue(snap, 6, 9) = *snapshot_queue(snap, 7, 6);
	explain_begin(&explainer, snap, matrix);
	sentence_is(&explainer, 6, 9, "adapter 0x06 (6) is withheld: 06.0004 and 2 more are not");
	says(&explainer, 6, 9, "sibling-withheld", "apmatrix pool reserve --apqn 06.0004");
	matrix->assigned = matrix_of("5,6", "4-6");
	explain_begin(&explainer, snap, matrix);
	apm_mask_set(&snap->host.apmask, 5);
	apm_mask_set(&snap->host.apmask, 6);
	snap->host.aqmask = mask_of("4");
	sentence_is(&explainer, 5, 4, "apmask reserves adapter 0x05 and aqmask domain 0x04");
	snap->host.apmask = snap->host.aqmask = mask_of("0-255");
	sentence_is(&explainer, 6, 4, "reserve all queues");
	snap->host.perm_known = false;
	sentence_is(&explainer, 5, 4, "driver");
	snapshot_free(snap);
}

/* What was read at greater cost is taken over into the next snapshot. */
static void cards_and_queues_are_copied(void **state)
{
	struct snapshot *from = new_host(), *to = snapshot_new();
	uint8_t other = snapshot_driver(from, "cex4queue");

	(void)state;
	from->cards[5].type = xstrdup("CEX8C");
	from->cards[5].serial = xstrdup("93AAB1");
	snapshot_queue(from, 5, 4)->driver = other;
	snapshot_copy_cards(to, from);
	snapshot_copy_queues(to, from);
	snapshot_free(from);
	assert_true(to->cards_known && to->cards[7].present);
	assert_string_equal(to->cards[5].type, "CEX8C");
	assert_string_equal(to->cards[5].serial, "93AAB1");
	assert_string_equal(to->drivers[snapshot_queue(to, 5, 4)->driver], "cex4queue");
	from = snapshot_new();
	snapshot_free(to);
	to = snapshot_new();
	snapshot_copy_queues(to, from);
	assert_null(to->queues);
	snapshot_free(from);
	snapshot_free(to);
}

static void what_came_good_is_stale(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix = new_matrix(snap, 0, "5,6", "4");
	struct explainer explainer;

	(void)state;
	matrix->guest = matrix_of("5", "4");
	explain_begin(&explainer, snap, matrix);
	says(&explainer, 5, 4, "", NULL);
	says(&explainer, 6, 4, "stale-filter",
	     "apmatrix refresh 00000000-0000-4000-8000-000000000001");
	matrix->guest_known = false;
	says(&explainer, 6, 4, "unknown", NULL);
	assert_int_equal(matrix_missing(matrix), -1);
	snapshot_free(snap);
}

/* what only it can know, and what it sees otherwise */
static void the_kernel_has_the_last_word(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix = new_matrix(snap, 0, "5-7", "4");
	struct explainer explainer;

	(void)state;
	memset(&matrix->guest, 0, sizeof(matrix->guest));
	matrix->nr_reasons = 2;
	matrix->reasons = xcalloc(2, sizeof(*matrix->reasons));
	matrix->reasons[0] = (struct kernel_reason){ 5, 4, APM_REASON_RESET_FAILED };
	matrix->reasons[1] = (struct kernel_reason){ 7, 4, APM_REASON_REMOVING };
	explain_begin(&explainer, snap, matrix);
	says(&explainer, 5, 4, "reset-failed",
	     "apmatrix wait 00000000-0000-4000-8000-000000000001 --guest-has 05.0004");
	says(&explainer, 7, 4, "mdev-removing",
	     "apmatrix wait 00000000-0000-4000-8000-000000000001 --gone");
	assert_true(explain_apqn(&explainer, 7, 4).from_kernel);
	assert_false(explain_apqn(&explainer, 6, 4).from_kernel);
	snapshot_free(snap);
}

/* both masks; or an override, which shows by the driver */
static void what_the_host_keeps(void **state)
{
	struct snapshot *snap = new_host();
	struct apm_matrix matrix = matrix_of("5,6", "4");
	unsigned int apid, apqi;

	(void)state;
	assert_false(host_reserves_any(snap, &matrix, &apid, &apqi));
	snap->host.apmask = mask_of("6");
	assert_true(host_reserves_any(snap, &matrix, &apid, &apqi));
	assert_int_equal(apid, 6);
	assert_int_equal(apqi, 4);
	snap->host.has_override = true;
	assert_false(host_reserves(snap, 6, 4));
	snap->host.perm_known = false;
	assert_false(host_reserves(snap, 6, 4));
	snapshot_free(snap);
}

static void names_and_definitions(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix = NULL;

	(void)state;
	new_matrix(snap, 1, "6", "4")->name = xstrdup("b");
	matrix = new_matrix(snap, 0, "5", "4");
	matrix->name = xstrdup("b");
	assert_false(matrix_drifts(matrix));
	matrix->defined = true;
	assert_true(matrix_drifts(matrix));
	matrix->active = false;
	assert_false(matrix_drifts(matrix));
	matrix->active = true;
	matrix->definition = matrix->assigned;
	assert_false(matrix_drifts(matrix));
	assert_int_equal(snapshot_named(snap, "b", &matrix), 2);
	assert_string_equal(matrix->uuid, uuids[0]);
	assert_int_equal(snapshot_named(snap, "c", &matrix), 0);
	assert_ptr_equal(snapshot_owner(snap, 6, 4), snapshot_find(snap, uuids[1]));
	assert_null(snapshot_owner(snap, 6, 5));
	assert_null(snapshot_find(snap, uuids[2]));
	snapshot_free(snap);
}

static void more_drivers_than_are_told_apart(void **state)
{
	struct snapshot *snap = new_host();
	unsigned int i;
	uint8_t last = 0;

	(void)state;
	for (i = 0; i < 2 * DRIVERS_MAX; i++) {
		char name[8];

		snprintf(name, sizeof(name), "d%u", i);
		last = snapshot_driver(snap, name);
	}
	assert_int_equal(last, DRIVERS_MAX - 1);
	assert_string_equal(snap->drivers[last], "other");
	assert_int_equal(snapshot_driver(snap, "vfio_ap"), DRIVER_VFIO_AP);
	snapshot_free(snap);
}

static void queues_of_everybody(void **state)
{
	struct snapshot *snap = new_host();
	struct queue_view view;

	(void)state;
	snapshot_queue(snap, 5, 6)->driver = DRIVER_NONE;
	snapshot_queue(snap, 6, 6)->driver = snapshot_driver(snap, "cex4queue");
	new_matrix(snap, 0, "5", "4")->state = MATRIX_IN_USE;
	new_matrix(snap, 1, "6", "4,9");
	new_matrix(snap, 2, "7,8", "4");
	queue_view_begin(&view, snap);
	assert_int_equal(queue_status(&view, 5, 4), QUEUE_IN_GUEST);
	assert_int_equal(queue_status(&view, 5, 5), QUEUE_FREE);
	assert_int_equal(queue_status(&view, 5, 6), QUEUE_UNBOUND);
	assert_int_equal(queue_status(&view, 6, 4), QUEUE_ASSIGNED);
	assert_int_equal(queue_status(&view, 6, 6), QUEUE_HOST);
	assert_int_equal(queue_status(&view, 6, 9), QUEUE_MISSING);
	assert_int_equal(queue_status(&view, 7, 4), QUEUE_ASSIGNED);
	assert_int_equal(queue_status(&view, 8, 4), QUEUE_MISSING);
	assert_int_equal(queue_status(&view, 9, 9), QUEUE_ABSENT);
	assert_string_equal(queue_verdict(&view, 8, 4).word, "adapter-not-in-host-config");
	assert_string_equal(queue_driver(&view, 6, 6), "cex4queue");
	assert_null(queue_owner(&view, 5, 5));
	queue_view_end(&view);
	snapshot_free(snap);
}

/* as many as there may be: each queue is that of its own one */
static void queues_of_many_matrices(void **state)
{
	struct snapshot *snap = snapshot_new();
	struct queue_view view;
	unsigned int i;

	(void)state;
	snap->queues = xcalloc(APM_MATRIX_APQNS, sizeof(*snap->queues));
	for (i = 0; i < 600; i++) {
		char uuid[UUID_LEN + 1];
		struct matrix *matrix;

		snprintf(uuid, sizeof(uuid), "00000000-0000-4000-8000-%012u", i);
		matrix = snapshot_matrix(snap, uuid);
		matrix->active = matrix->assigned_known = true;
		apm_mask_set(&matrix->assigned.dim[APM_DIM_ADAPTER], i / 256);
		apm_mask_set(&matrix->assigned.dim[APM_DIM_DOMAIN], i % 256);
	}
	queue_view_begin(&view, snap);
	for (i = 0; i < 600; i++)
		assert_ptr_equal(queue_owner(&view, i / 256, i % 256), &snap->matrices[i]);
	queue_view_end(&view);
	snapshot_free(snap);
}

/* -1: nobody knows */
static void queues_of_a_guest_that_is_not_known(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix = new_matrix(snap, 0, "5", "4");
	struct queue_view view;

	(void)state;
	matrix->state = MATRIX_UNKNOWN;
	assert_int_equal(matrix_guest_queues(matrix), -1);
	memset(&matrix->guest, 0, sizeof(matrix->guest));
	assert_int_equal(matrix_guest_queues(matrix), 0);
	matrix->state = MATRIX_IN_USE;
	matrix->guest = matrix->assigned;
	assert_int_equal(matrix_guest_queues(matrix), 1);
	matrix->assigned_known = false;
	assert_int_equal(matrix_missing(matrix), -1);
	matrix->guest_known = false;
	assert_int_equal(matrix_guest_queues(matrix), -1);
	matrix->defined = true;
	assert_int_equal(matrix_missing(matrix), -1);
	assert_false(matrix_drifts(matrix));
	queue_view_begin(&view, snap);
	assert_int_equal(queue_status(&view, 5, 4), QUEUE_ASSIGNED);
	queue_view_end(&view);
	/* what is only defined owns nothing */
	matrix->active = false;
	assert_null(snapshot_owner(snap, 5, 4));
	queue_view_begin(&view, snap);
	assert_null(queue_owner(&view, 5, 4));
	queue_view_end(&view);
	snapshot_free(snap);
}

/* of a snapshot that is about matrices only */
static void without_queues(void **state)
{
	struct snapshot *snap = new_host();
	struct matrix *matrix = new_matrix(snap, 0, "5", "4");
	struct explainer explainer;

	(void)state;
	free(snap->queues);
	snap->queues = NULL;
	memset(&matrix->guest, 0, sizeof(matrix->guest));
	explain_begin(&explainer, snap, matrix);
	says(&explainer, 5, 4, "unknown", NULL);
	matrix->nr_reasons = 1;
	matrix->reasons = xcalloc(1, sizeof(*matrix->reasons));
	/* a word of a newer kernel */
	matrix->reasons[0] = (struct kernel_reason){ 5, 4, APM_REASON_NR };
	says(&explainer, 5, 4, "unknown", NULL);
	snap->host.apmask = mask_of("5");
	snap->host.has_override = true;
	assert_true(host_reserves(snap, 5, 4));
	snap->host.perm_known = false;
	assert_false(host_reserves_any(snap, &matrix->assigned, &(unsigned int){ 0 },
				       &(unsigned int){ 0 }));
	snapshot_free(snap);
}

static void words_of_cards_and_reasons(void **state)
{
	struct card card = { .hwtype = APM_TYPE_CEX4 };

	(void)state;
	assert_string_equal(card_generation(&card), "CEX4");
	assert_string_equal(reason_word(REASON_NONE), "");
	assert_string_equal(reason_meaning(REASON_NONE), "in the guest");
	card.hwtype = APM_TYPE_CEX4 - 1;
	assert_null(card_generation(&card));
	card.hwtype = APM_TYPE_CEX4 + 5;
	assert_null(card_generation(&card));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_queue_keeps_its_adapter_out),
		cmocka_unit_test(reasons_computed),
		cmocka_unit_test(sentences_name_the_cause),
		cmocka_unit_test(cards_and_queues_are_copied),
		cmocka_unit_test(what_came_good_is_stale),
		cmocka_unit_test(the_kernel_has_the_last_word),
		cmocka_unit_test(what_the_host_keeps),
		cmocka_unit_test(names_and_definitions),
		cmocka_unit_test(more_drivers_than_are_told_apart),
		cmocka_unit_test(queues_of_everybody),
		cmocka_unit_test(queues_of_many_matrices),
		cmocka_unit_test(queues_of_a_guest_that_is_not_known),
		cmocka_unit_test(without_queues),
		cmocka_unit_test(words_of_cards_and_reasons),
	};

	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
