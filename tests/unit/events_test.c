// SPDX-License-Identifier: GPL-2.0-only
/* What happened between two snapshots of a host. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/events.h"
#include "lib/text.h"

#define UUID	"62177883-f1bb-47f0-914d-32a22e3a8804"

struct host_pair {
	struct snapshot *old;
	struct snapshot *now;
	struct text said;	/* the events' words, with their details */
};

static void say(void *ctx, const struct event *event)
{
	struct host_pair *pair = ctx;

	text_addf(&pair->said, "%s%s", pair->said.len ? " " : "",
		  event_word(event->kind));
	if (event->apqi >= 0)
		text_addf(&pair->said, ":%02x.%04x", (unsigned int)event->apid,
			  (unsigned int)event->apqi);
	else if (event->apid >= 0)
		text_addf(&pair->said, ":%02x", (unsigned int)event->apid);
	if (event->before)
		text_addf(&pair->said, ":%u>%u", apm_matrix_apqns(event->before),
			  apm_matrix_apqns(event->after));
	if (event->from || event->to)
		text_addf(&pair->said, ":%s>%s", event->from ? event->from : "",
			  event->to ? event->to : "");
}

static const char *said(struct host_pair *pair)
{
	text_free(&pair->said);
	events_between(pair->old, pair->now, say, pair);
	return text_str(&pair->said);
}

static void fill(struct snapshot *snap)
{
	struct matrix *matrix = snapshot_matrix(snap, UUID);

	matrix->active = true;
	matrix->assigned_known = true;
	matrix->guest_known = true;
	matrix->state = MATRIX_IDLE;
	apm_mask_set(&matrix->assigned.dim[APM_DIM_ADAPTER], 5);
	apm_mask_set(&matrix->assigned.dim[APM_DIM_DOMAIN], 4);
	matrix->guest = matrix->assigned;
	snap->host.module = true;
	snap->host.perm_known = true;
	snap->cards_known = true;
	apm_mask_set(&snap->host.config.dim[APM_DIM_ADAPTER], 5);
	apm_mask_set(&snap->host.config.dim[APM_DIM_DOMAIN], 4);
	snap->cards[5].present = true;
	snap->cards[5].config = 1;
	snap->queues = xcalloc(APM_MATRIX_APQNS, sizeof(*snap->queues));
	snapshot_queue(snap, 5, 4)->present = true;
	snapshot_queue(snap, 5, 4)->driver = DRIVER_VFIO_AP;
}

static int begin(void **state)
{
	struct host_pair *pair = xnew(struct host_pair);

	pair->old = snapshot_new();
	pair->now = snapshot_new();
	fill(pair->old);
	fill(pair->now);
	*state = pair;
	return 0;
}

static int end(void **state)
{
	struct host_pair *pair = *state;

	snapshot_free(pair->old);
	snapshot_free(pair->now);
	text_free(&pair->said);
	free(pair);
	return 0;
}

static void the_same_is_no_event(void **state)
{
	assert_string_equal(said(*state), "");
}

static void a_queue_that_loses_its_driver_takes_the_guests_adapter(void **state)
{
	struct host_pair *pair = *state;
	struct matrix *matrix = snapshot_find(pair->now, UUID);

	snapshot_queue(pair->now, 5, 4)->driver = DRIVER_NONE;
	apm_mask_clear(&matrix->guest.dim[APM_DIM_ADAPTER], 5);
	assert_string_equal(said(pair),
			    "queue-driver:05.0004:vfio_ap> guest-changed:1>0 "
			    "queue-missing:05.0004:>unbound");
}

static void a_missing_queue_comes_back(void **state)
{
	struct host_pair *pair = *state;

	apm_mask_clear(&snapshot_find(pair->old, UUID)->guest.dim[APM_DIM_ADAPTER], 5);
	assert_string_equal(said(pair), "guest-changed:0>1 queue-returned:05.0004");
}

static void a_queue_of_a_running_guest_is_taken_away(void **state)
{
	struct host_pair *pair = *state;
	struct matrix *old = snapshot_find(pair->old, UUID), *now = snapshot_find(pair->now, UUID);

	apm_mask_clear(&now->assigned.dim[APM_DIM_ADAPTER], 5);
	apm_mask_clear(&now->guest.dim[APM_DIM_ADAPTER], 5);
	assert_string_equal(said(pair), "assigned-changed:1>0 guest-changed:1>0");
	old->state = now->state = MATRIX_IN_USE;
	assert_string_equal(said(pair), "assigned-changed:1>0 guest-changed:1>0 "
			    "queue-unassigned:05.0004:in-guest>");
}

/* or whoever was told that it is missing would wait for ever */
static void a_missing_queue_is_taken_away(void **state)
{
	struct host_pair *pair = *state;

	apm_mask_clear(&snapshot_find(pair->old, UUID)->guest.dim[APM_DIM_ADAPTER], 5);
	apm_mask_clear(&snapshot_find(pair->now, UUID)->guest.dim[APM_DIM_ADAPTER], 5);
	apm_mask_clear(&snapshot_find(pair->now, UUID)->assigned.dim[APM_DIM_ADAPTER], 5);
	assert_string_equal(said(pair), "assigned-changed:1>0 "
			    "queue-unassigned:05.0004:missing>");
}

static void drivers_are_compared_by_name(void **state)
{
	struct host_pair *pair = *state;

	snapshot_driver(pair->old, "other");
	snapshot_queue(pair->old, 5, 4)->driver = snapshot_driver(pair->old, "cex4queue");
	snapshot_queue(pair->now, 5, 4)->driver = snapshot_driver(pair->now, "cex4queue");
	assert_string_equal(said(pair), "");
}

static void an_unknown_guest_is_no_change(void **state)
{
	struct host_pair *pair = *state;
	struct matrix *matrix = snapshot_find(pair->now, UUID);

	matrix->guest_known = false;
	memset(&matrix->guest, 0, sizeof(matrix->guest));
	assert_string_equal(said(pair), "");
}

static void a_matrix_that_goes_is_told_once(void **state)
{
	struct host_pair *pair = *state;
	struct snapshot *empty = snapshot_new();

	empty->host.module = true;
	snapshot_free(pair->now);
	pair->now = empty;
	assert_string_equal(said(pair), "matrix-removed");
}

static void a_definition_outlives_its_matrix(void **state)
{
	struct host_pair *pair = *state;
	struct matrix *matrix = snapshot_find(pair->now, UUID);

	matrix->active = false;
	matrix->defined = true;
	matrix->start = START_AUTO;
	assert_string_equal(said(pair), "matrix-removed defined:>auto");
}

static void cards_and_masks(void **state)
{
	struct host_pair *pair = *state;

	pair->now->cards[5].config = 0;
	pair->now->cards[7].present = true;
	assert_string_equal(said(pair), "card-changed:05:1>0 card-added:07");
	pair->now->cards[5].config = 1;
	pair->now->cards[7].present = false;
	apm_mask_set(&pair->now->host.apmask, 0);
	assert_non_null(strstr(said(pair), "mask-changed:0x0"));
}

static void control_domains_count_only_where_they_are_known(void **state)
{
	struct host_pair *pair = *state;
	struct matrix *matrix = snapshot_find(pair->now, UUID);

	apm_mask_set(&matrix->guest.dim[APM_DIM_CONTROL_DOMAIN], 4);
	assert_string_equal(said(pair), "");
	matrix->guest_control_known = true;
	assert_string_equal(said(pair), "");
	snapshot_find(pair->old, UUID)->guest_control_known = true;
	assert_string_equal(said(pair), "guest-changed:1>1");
}

static void the_module_comes_and_goes(void **state)
{
	struct host_pair *pair = *state;

	pair->now->host.module = false;
	assert_string_equal(said(pair), "module:loaded>not loaded");
	pair->now->host.module = true;
	pair->old->host.module = false;
	assert_string_equal(said(pair), "module:not loaded>loaded");
}

/* An attribute that the card's driver has not made yet, or no longer. */
static void what_a_card_does_not_tell(void **state)
{
	struct host_pair *pair = *state;

	pair->old->cards[5].online = -1;
	pair->now->cards[5].online = 1;
	pair->now->cards[5].config = -1;
	assert_string_equal(said(pair), "card-changed:05:1> card-changed:05:>1");
	pair->now->cards[5].present = false;
	assert_string_equal(said(pair), "card-removed:05");
}

static void queues_come_and_go(void **state)
{
	struct host_pair *pair = *state;

	snapshot_queue(pair->now, 6, 4)->present = true;
	snapshot_queue(pair->now, 6, 4)->driver = DRIVER_VFIO_AP;
	assert_string_equal(said(pair), "queue-added:06.0004:>vfio_ap");
	snapshot_queue(pair->now, 6, 4)->present = false;
	snapshot_queue(pair->now, 5, 4)->present = false;
	snapshot_queue(pair->now, 5, 4)->driver = DRIVER_NONE;
	assert_non_null(strstr(said(pair), "queue-removed:05.0004:vfio_ap>"));
}

/* Without reasons of the kernel and without queues, nobody knows why. */
static void a_missing_queue_without_a_reason(void **state)
{
	struct host_pair *pair = *state;
	struct matrix *matrix = snapshot_find(pair->now, UUID);

	free(pair->now->queues);
	pair->now->queues = NULL;
	apm_mask_clear(&matrix->guest.dim[APM_DIM_ADAPTER], 5);
	assert_string_equal(said(pair), "guest-changed:1>0 queue-missing:05.0004");
	matrix->reasons_known = true;
	matrix->nr_reasons = 1;
	matrix->reasons = xcalloc(1, sizeof(*matrix->reasons));
	matrix->reasons[0] = (struct kernel_reason){ 5, 4, APM_REASON_RESET_FAILED };
	assert_string_equal(said(pair), "guest-changed:1>0 queue-missing:05.0004:>reset-failed");
}

static void an_unknown_content_is_no_change(void **state)
{
	struct host_pair *pair = *state;
	struct matrix *old = snapshot_find(pair->old, UUID), *now = snapshot_find(pair->now, UUID);

	old->assigned_known = false;
	memset(&old->assigned, 0, sizeof(old->assigned));
	assert_string_equal(said(pair), "");
	old->guest_known = false;
	memset(&old->guest, 0, sizeof(old->guest));
	assert_string_equal(said(pair), "");
	old->assigned_known = true;
	old->assigned = now->assigned;
	assert_string_equal(said(pair), "");
	now->assigned_known = false;
	memset(&now->assigned, 0, sizeof(now->assigned));
	assert_string_equal(said(pair), "");
	old->guest_known = true;
	old->guest = now->guest;
	assert_string_equal(said(pair), "");
}

static void a_guest_comes(void **state)
{
	struct host_pair *pair = *state;

	snapshot_find(pair->now, UUID)->state = MATRIX_IN_USE;
	assert_string_equal(said(pair), "state-changed:idle>in-use");
}

static void a_matrix_comes_with_what_it_has(void **state)
{
	struct host_pair *pair = *state;

	snapshot_find(pair->old, UUID)->active = false;
	assert_string_equal(said(pair), "matrix-added assigned-changed:0>1 guest-changed:0>1");
}

/* Both snapshots are sorted by UUID: new ones may come before, between and after. */
static void matrices_on_all_sides(void **state)
{
	static const char *const uuids[] = {
		"00000000-0000-4000-8000-000000000001", "f0000000-0000-4000-8000-000000000001",
	};
	struct host_pair *pair = *state;
	unsigned int i;

	for (i = 0; i < 2; i++)
		snapshot_matrix(pair->now, uuids[i])->active = true;
	assert_string_equal(said(pair), "matrix-added matrix-added");
	for (i = 0; i < 2; i++)
		snapshot_matrix(pair->old, uuids[i])->defined = true;
	assert_string_equal(said(pair), "matrix-added undefined matrix-added undefined");
	for (i = 0; i < 2; i++)
		snapshot_find(pair->now, uuids[i])->active = false;
	assert_string_equal(said(pair), "undefined undefined");
}

static void a_new_queue_that_is_missing_at_once(void **state)
{
	struct host_pair *pair = *state;

	apm_mask_set(&snapshot_find(pair->now, UUID)->assigned.dim[APM_DIM_DOMAIN], 6);
	assert_string_equal(said(pair), "assigned-changed:1>2 "
			    "queue-missing:05.0006:>domain-not-in-host-config");
}

static void definitions_and_names_change(void **state)
{
	struct host_pair *pair = *state;
	struct matrix *old = snapshot_find(pair->old, UUID);
	struct matrix *now = snapshot_find(pair->now, UUID);

	old->defined = now->defined = true;
	old->start = START_MANUAL;
	now->start = START_AUTO;
	assert_string_equal(said(pair), "definition-changed:manual>auto");
	now->start = START_MANUAL;
	now->definition = now->assigned;
	assert_string_equal(said(pair), "definition-changed:0>1");
	now->definition = old->definition;
	now->name = xstrdup("web1");
	assert_string_equal(said(pair), "name-changed:>web1");
	old->name = xstrdup("web1");
	assert_string_equal(said(pair), "");
	now->defined = false;
	assert_string_equal(said(pair), "undefined:manual>manual");
}

/* What one of two snapshots does not know is no change. */
static void the_unknown_is_no_change(void **state)
{
	struct host_pair *pair = *state;

	pair->now->cards[5].config = 0;
	pair->now->cards_known = false;
	free(pair->now->queues);
	pair->now->queues = NULL;
	apm_mask_set(&pair->now->host.apmask, 0);
	pair->now->host.perm_known = false;
	assert_string_equal(said(pair), "");
	/* and the other way round */
	struct snapshot *old = pair->old;

	pair->old = pair->now;
	pair->now = old;
	assert_string_equal(said(pair), "");
}

int main(void)
{
#define test(name)	cmocka_unit_test_setup_teardown(name, begin, end)
	static const struct CMUnitTest tests[] = {
		test(the_same_is_no_event),
		test(a_queue_that_loses_its_driver_takes_the_guests_adapter),
		test(a_missing_queue_comes_back),
		test(a_queue_of_a_running_guest_is_taken_away),
		test(a_missing_queue_is_taken_away),
		test(drivers_are_compared_by_name),
		test(an_unknown_guest_is_no_change),
		test(a_matrix_that_goes_is_told_once),
		test(a_definition_outlives_its_matrix),
		test(cards_and_masks),
		test(control_domains_count_only_where_they_are_known),
		test(the_module_comes_and_goes),
		test(what_a_card_does_not_tell),
		test(queues_come_and_go),
		test(a_missing_queue_without_a_reason),
		test(an_unknown_content_is_no_change),
		test(a_guest_comes),
		test(a_matrix_comes_with_what_it_has),
		test(matrices_on_all_sides),
		test(a_new_queue_that_is_missing_at_once),
		test(definitions_and_names_change),
		test(the_unknown_is_no_change),
	};

	return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}
