// SPDX-License-Identifier: GPL-2.0-only
/* Which queues guests may have, by masks and by overrides, and what goes along. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cli-host.h"
#include "core/pool.h"
#include "format/pool-rule.h"

/* A host that has not given anything to guests. */
static struct snapshot *stingy_host(bool has_override)
{
	struct snapshot *snap = new_host();
	unsigned int apid, apqi;

	snap->host.apmask = mask_of("0-255");
	snap->host.has_override = has_override;
	for (apid = 5; apid <= 7; apid++) {
		for (apqi = 4; apqi <= 6; apqi++)
			snapshot_queue(snap, apid, apqi)->driver =
				snapshot_driver(snap, "cex4queue");
	}
	return snap;
}

static void give_override(struct snapshot *snap, unsigned int apid, unsigned int apqi)
{
	snapshot_queue(snap, apid, apqi)->driver = DRIVER_VFIO_AP;
	snapshot_queue(snap, apid, apqi)->override = true;
	snap->host.overrides++;
}

static struct pool_request request(bool reserve, const char *adapters,
				   const char *domains)
{
	const struct apm_mask apm = mask_of(adapters ? adapters : "0-255");
	const struct apm_mask aqm = mask_of(domains ? domains : "0-255");
	struct pool_request request = {
		.reserve = reserve, .whole_adapters = !domains, .whole_domains = !adapters,
	};

	pool_add_product(&request, &apm, &aqm);
	return request;
}

/* What comes of it in short: the ids that guests have by the masks, then overrides, then binds. */
static void gives(struct snapshot *snap, const struct pool_request *wanted,
		  enum exit_code code, const char *what)
{
	struct problems errors = { 0 }, warnings = { 0 };
	struct host_target host = { 0 };
	struct text text = { 0 };
	struct apm_mask all = mask_of("0-255"), mask;
	char list[1536];
	size_t i;

	assert_int_equal(pool_plan(snap, wanted, "pool", &host, &errors, &warnings),
			 code == EXIT_CODE_OK);
	assert_int_equal(problems_code(&errors), code);
	if (host.touch_masks) {
		apm_mask_andnot(&mask, &all, &host.apmask);
		apm_mask_format_list(&mask, 2, list, sizeof(list));
		text_addf(&text, "a%s ", list);
		apm_mask_andnot(&mask, &all, &host.aqmask);
		apm_mask_format_list(&mask, 2, list, sizeof(list));
		text_addf(&text, "d%s ", list);
	}
	for (i = 0; i < host.nr_overrides; i++)
		text_addf(&text, "%c%02x.%04x ", host.overrides[i].reserve ? '+' : '-',
			  host.overrides[i].apid, host.overrides[i].apqi);
	for (i = 0; i < host.nr_binds; i++)
		text_addf(&text, "b%02x.%04x ", host.binds[i].apid, host.binds[i].apqi);
	if (warnings.nr)
		text_add(&text, "told ");
	assert_string_equal(text_str(&text), what);
	host_target_free(&host);
	problems_free(&errors);
	problems_free(&warnings);
	text_free(&text);
	snapshot_free(snap);
}

static void whole_adapters_and_whole_domains(void **state)
{
	struct pool_request adapters = request(true, "5", NULL);
	struct pool_request domains = request(true, NULL, "4");
	struct pool_request back = request(false, "5", NULL);

	(void)state;
	gives(stingy_host(false), &adapters, EXIT_CODE_OK, "a05 d ");
	gives(stingy_host(true), &domains, EXIT_CODE_OK, "a d04 ");
	gives(new_host(), &back, EXIT_CODE_OK, "a00-04,06-ff d ");
}

/* one queue: its adapter has two more, its domain too */
static void one_queue_by_masks(void **state)
{
	struct pool_request one = request(true, "5", "4");

	(void)state;
	gives(stingy_host(false), &one, EXIT_CODE_CONFLICT, "");
	one.allow_extra = true;
	gives(stingy_host(false), &one, EXIT_CODE_OK, "a05 d told ");
}

/* What says why not, and what to do instead. */
static void refuses(struct snapshot *snap, const struct pool_request *wanted,
		    const char *message, const char *hint)
{
	struct problems errors = { 0 }, warnings = { 0 };
	struct host_target host = { 0 };

	assert_false(pool_plan(snap, wanted, "pool", &host, &errors, &warnings));
	assert_int_equal(errors.nr, 1);
	assert_non_null(strstr(errors.at[0].message, message));
	assert_non_null(strstr(errors.at[0].hint, hint));
	problems_free(&errors);
	problems_free(&warnings);
	snapshot_free(snap);
}

static void others_that_would_go_along(void **state)
{
	struct pool_request one = request(true, "5", "4");
	struct snapshot *snap = stingy_host(true);

	(void)state;
	refuses(stingy_host(false), &one, "2 other queues would be affected: 05.0005, 05.0006",
		"single queues need Linux 6.19");
	one.method = POOL_MASKS;
	snapshot_queue(snap, 5, 6)->present = false;
	refuses(snap, &one, "1 other queue would be affected: 05.0005",
		"--method override for single queues");
}

static void overrides_of_others(void **state)
{
	struct pool_request adapter = request(true, "5", NULL);
	struct snapshot *snap = stingy_host(true);

	(void)state;
	adapter.method = POOL_OVERRIDE;
	snapshot_queue(snap, 5, 5)->foreign = snapshot_queue(snap, 5, 6)->foreign = true;
	snapshot_add_foreign(snap, 5, 5, "one");
	snapshot_add_foreign(snap, 5, 6, "other");
	assert_string_equal(snapshot_foreign(snap, 5, 6), "other");
	assert_null(snapshot_foreign(snap, 6, 6));
	refuses(snap, &adapter, "05.0005, 05.0006: another program has set",
		"pool release --apqn 05.0005");
}

/* one queue: its adapter has two more, its domain none */
static void one_queue_by_the_mask_that_takes_less(void **state)
{
	struct pool_request one = request(true, "5", "4");
	struct snapshot *snap = stingy_host(false);

	(void)state;
	snapshot_queue(snap, 6, 4)->present = false;
	snapshot_queue(snap, 7, 4)->present = false;
	gives(snap, &one, EXIT_CODE_OK, "a d04 ");
}

static void one_queue_by_an_override(void **state)
{
	struct pool_request one = request(true, "5", "4");

	(void)state;
	gives(stingy_host(true), &one, EXIT_CODE_OK, "+05.0004 ");
	one.method = POOL_OVERRIDE;
	gives(stingy_host(false), &one, EXIT_CODE_UNSUPPORTED, "");
}

static void the_two_are_never_mixed(void **state)
{
	struct pool_request adapter = request(true, "6", NULL);
	struct pool_request one = request(true, "6", "4");
	struct snapshot *snap = stingy_host(true);

	(void)state;
	assert_string_equal(pool_regime(snap), "free");
	give_override(snap, 5, 4);
	assert_string_equal(pool_regime(snap), "overrides");
	adapter.method = POOL_MASKS;
	gives(snap, &adapter, EXIT_CODE_CONFLICT, "");
	snap = new_host();
	snap->host.apmask = mask_of("6");
	snap->host.has_override = true;
	assert_string_equal(pool_regime(snap), "masks");
	one.method = POOL_OVERRIDE;
	gives(snap, &one, EXIT_CODE_CONFLICT, "");
	snap = stingy_host(true);
	snap->host.aqmask = mask_of("4");
	assert_string_equal(pool_regime(snap), "masks");
	gives(snap, &one, EXIT_CODE_CONFLICT, "");
}

/* where overrides are in use, whole adapters go queue by queue, and what is so stays */
static void an_adapter_by_overrides(void **state)
{
	struct pool_request adapter = request(true, "5", NULL);
	struct pool_request back = request(false, "5", NULL);
	struct snapshot *snap = stingy_host(true);

	(void)state;
	give_override(snap, 5, 4);
	gives(snap, &adapter, EXIT_CODE_OK, "+05.0005 +05.0006 ");
	snap = stingy_host(true);
	give_override(snap, 5, 4);
	give_override(snap, 6, 4);
	gives(snap, &back, EXIT_CODE_OK, "-05.0004 ");
	snap = stingy_host(true);
	give_override(snap, 6, 4);
	adapter = request(true, "5,7", NULL);
	gives(snap, &adapter, EXIT_CODE_OK,
	      "+05.0004 +05.0005 +05.0006 +07.0004 +07.0005 +07.0006 ");
}

static void what_was_unbound_by_hand(void **state)
{
	struct pool_request one = request(true, "5", "4");
	struct snapshot *snap = new_host();

	(void)state;
	snapshot_queue(snap, 5, 4)->driver = DRIVER_NONE;
	gives(snap, &one, EXIT_CODE_OK, "b05.0004 ");
	/* vfio_ap does not take a card that is so old */
	snap = new_host();
	snapshot_queue(snap, 5, 4)->driver = DRIVER_NONE;
	snap->cards[5].hwtype = APM_TYPE_CEX4 - 1;
	gives(snap, &one, EXIT_CODE_OK, "");
	/* nobody has asked which cards there are: vfio_ap says whether it takes it */
	snap = new_host();
	snapshot_queue(snap, 5, 4)->driver = DRIVER_NONE;
	snap->cards_known = false;
	gives(snap, &one, EXIT_CODE_OK, "b05.0004 ");
}

/* Masks say whose a queue will be. */
static void one_queue_that_is_not_there(void **state)
{
	struct pool_request one = request(true, "9", "9");

	(void)state;
	gives(stingy_host(false), &one, EXIT_CODE_OK, "a09 d ");
	one.method = POOL_OVERRIDE;
	gives(stingy_host(true), &one, EXIT_CODE_NOT_FOUND, "");
}

static void no_bus(void **state)
{
	struct pool_request one = request(true, "5", "4");
	struct snapshot *snap = new_host();

	(void)state;
	snap->host.perm_known = false;
	assert_null(pool_regime(snap));
	gives(snap, &one, EXIT_CODE_UNSUPPORTED, "");
}

/* A rule as it is after it has been written and read. */
static bool reads_back(const struct pool_rule *rule, struct pool_rule *read)
{
	struct text text = { 0 };
	bool good;

	pool_rule_format(rule, &text);
	good = pool_rule_parse(text_str(&text), read);
	text_free(&text);
	return good;
}

/* the rule says what is, or what will be; who reads it finds the same */
static void a_rule_for_the_next_boot(void **state)
{
	struct snapshot *snap = new_host();
	struct host_target host = { 0 };
	struct pool_rule rule = { 0 };

	(void)state;
	snap->host.apmask = mask_of("6");
	pool_persist(snap, &host);
	assert_true(host.touch_rule && reads_back(&host.rule, &rule));
	assert_true(rule.has_apmask && rule.has_aqmask);
	assert_true(apm_mask_equal(&rule.apmask, &snap->host.apmask));
	host.touch_masks = true;
	host.apmask = host.aqmask = mask_of("7");
	pool_persist(snap, &host);
	assert_true(host.touch_rule && reads_back(&host.rule, &rule));
	assert_true(apm_mask_equal(&rule.apmask, &host.apmask));
	assert_true(apm_mask_equal(&rule.aqmask, &host.aqmask));
	assert_false(pool_rule_parse("# nothing\nATTR{../../bus/ap/config_time}=\"30\"\n", &rule));
	assert_false(pool_rule_parse("ATTR{../../bus/ap/apmask}=\"0xg\"\n", &rule));
	host_target_free(&host);
	snapshot_free(snap);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_adapters_and_whole_domains),
		cmocka_unit_test(one_queue_by_masks),
		cmocka_unit_test(others_that_would_go_along),
		cmocka_unit_test(overrides_of_others),
		cmocka_unit_test(one_queue_by_the_mask_that_takes_less),
		cmocka_unit_test(one_queue_by_an_override),
		cmocka_unit_test(the_two_are_never_mixed),
		cmocka_unit_test(an_adapter_by_overrides),
		cmocka_unit_test(what_was_unbound_by_hand),
		cmocka_unit_test(one_queue_that_is_not_there),
		cmocka_unit_test(no_bus),
		cmocka_unit_test(a_rule_for_the_next_boot),
	};

	return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
