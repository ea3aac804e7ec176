// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands of the control file: cards, domains and the machine.
 *
 * There is one command per line or between semicolons; # begins a comment. A
 * write is processed twice: first the form of all commands is checked, and if
 * one is wrong none is executed; then they are executed in order, up to the
 * first that fails. An error is reported in one line of the kernel log.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "ap_bus.h"
#include "control.h"
#include "control_queue.h"
#include "control_words.h"
#include "guest.h"
#include "hw.h"
#include "lock.h"
#include "pages.h"
#include "uv.h"

#define MAX_WORDS	16

/* A command: NULL, or what is wrong. @apply false: only check the form */
typedef const char *(*command_fn)(int argc, char **argv, bool apply);

/* ---- cards and domains ---- */

static const char *parse_type(const char *word, u8 *type)
{
	u8 t;

	for (t = 9; t <= 14; t++)
		if (!strcmp(word, sim_type_name(t))) {
			*type = t;
			return NULL;
		}
	return "type is none of cex3 to cex8";
}

static const char *parse_mode(const char *word, enum sim_mode *mode)
{
	enum sim_mode m;

	for (m = SIM_MODE_CCA; m <= SIM_MODE_ACCEL; m++)
		if (!strcmp(word, sim_mode_name(m))) {
			*mode = m;
			return NULL;
		}
	return "mode is none of cca, ep11, accel";
}

static const char *parse_card(int argc, char **argv, struct sim_card *card)
{
	const char *value, *error = NULL;
	u32 number;
	int i;

	*card = (struct sim_card) { .type = 14, .depth = 8 };
	for (i = 0; i < argc && !error; i++) {
		if (sim_option(argv[i], "type", &value)) {
			error = parse_type(value, &card->type);
		} else if (sim_option(argv[i], "mode", &value)) {
			error = parse_mode(value, &card->mode);
		} else if (sim_option(argv[i], "depth", &value)) {
			error = sim_parse_number(value, 16, &number);
			if (!error && !number)
				error = "depth is 1 to 16";
			card->depth = error ? 1 : number;
		} else if (sim_option(argv[i], "facilities", &value)) {
			error = sim_parse_number(value, U32_MAX, &card->facilities);
			card->facilities_given = true;
		} else {
			error = "unknown option of a card";
		}
	}
	return error;
}

static const char *out_of_range(const u64 ids[4], unsigned int max)
{
	unsigned int id;

	for (id = max + 1; id < 256; id++)
		if (sim_mask_test(ids, id))
			return "beyond the machine's limit";
	return NULL;
}

static const char *card_add(int argc, char **argv, bool apply)
{
	struct sim_card card;
	const char *error;
	unsigned int apid;
	u64 ids[4];

	error = sim_parse_ids(argv[0], ids);
	if (!error)
		error = parse_card(argc - 1, argv + 1, &card);
	if (error || !apply)
		return error;
	error = out_of_range(ids, sim_hw.max_adapter);
	for (apid = 0; apid < 256 && !error; apid++)
		if (sim_mask_test(ids, apid) && sim_hw_add_card(apid, &card))
			error = "no memory";
	return error;
}

static const char *not_there(const u64 ids[4])
{
	unsigned int apid;

	for (apid = 0; apid < 256; apid++)
		if (sim_mask_test(ids, apid) && !sim_hw.cards[apid].present)
			return "no such card";
	return NULL;
}

static const char *card_del(int argc, char **argv, bool apply)
{
	const char *error;
	unsigned int apid;
	u64 ids[4];

	error = sim_parse_ids(argv[0], ids);
	if (error || !apply)
		return error;
	error = not_there(ids);
	for (apid = 0; apid < 256 && !error; apid++)
		if (sim_mask_test(ids, apid))
			sim_hw_del_card(apid);
	return error;
}

static const char *parse_config(const char *word, enum sim_config *config)
{
	enum sim_config c;

	for (c = SIM_CONFIG_ON; c <= SIM_CONFIG_OFF; c++)
		if (!strcmp(word, sim_config_name(c))) {
			*config = c;
			return NULL;
		}
	return "none of on, off, standby";
}

static const char *card_config(int argc, char **argv, bool apply)
{
	const char *error;
	enum sim_config config;
	bool keep = argc > 2;
	unsigned int apid;
	u64 ids[4];

	error = parse_config(argv[1], &config);
	if (!error && keep && strcmp(argv[2], "keep"))
		error = "unknown option";
	if (!error)
		error = sim_parse_ids(argv[0], ids);
	if (error || !apply)
		return error;
	error = not_there(ids);
	for (apid = 0; apid < 256 && !error; apid++)
		if (sim_mask_test(ids, apid))
			sim_hw_configure(apid, config, keep);
	return error;
}

static const char *card_checkstop(int argc, char **argv, bool apply)
{
	const char *error;
	unsigned int apid;
	u64 ids[4];
	bool on;

	error = sim_parse_ids(argv[0], ids);
	if (!error)
		error = sim_parse_on(argv[1], &on);
	if (error || !apply)
		return error;
	error = not_there(ids);
	for (apid = 0; apid < 256 && !error; apid++)
		if (sim_mask_test(ids, apid))
			sim_hw_checkstop(apid, on);
	return error;
}

static const char *change_domains(char *list, bool apply, bool usage, bool add)
{
	const char *error;
	unsigned int apqi;
	u64 ids[4];

	error = sim_parse_ids(list, ids);
	if (error || !apply)
		return error;
	error = out_of_range(ids, sim_hw.max_domain);
	for (apqi = 0; apqi < 256 && !error; apqi++) {
		if (!sim_mask_test(ids, apqi))
			continue;
		if (!add)
			sim_hw_del_domain(apqi, usage, true);
		else if (sim_hw_add_domain(apqi, usage, true))
			error = "no memory";
	}
	return error;
}

static const char *domain_add(int argc, char **argv, bool apply)
{
	return change_domains(argv[0], apply, true, true);
}

static const char *domain_del(int argc, char **argv, bool apply)
{
	return change_domains(argv[0], apply, true, false);
}

static const char *control_add(int argc, char **argv, bool apply)
{
	return change_domains(argv[0], apply, false, true);
}

static const char *control_del(int argc, char **argv, bool apply)
{
	return change_domains(argv[0], apply, false, false);
}

/* ---- the machine ---- */

static bool has_beyond(unsigned int adapter, unsigned int domain)
{
	unsigned int i;

	for (i = adapter + 1; i < 256; i++)
		if (sim_hw.cards[i].present)
			return true;
	for (i = domain + 1; i < 256; i++)
		if (sim_mask_test(sim_hw.usage, i) ||
		    sim_mask_test(sim_hw.control, i))
			return true;
	return false;
}

static const char *set_limits(unsigned int adapter, unsigned int domain)
{
	if (has_beyond(adapter, domain))
		return "there are adapters or domains beyond it";
	sim_hw.max_adapter = adapter;
	sim_hw.max_domain = domain;
	return NULL;
}

static const char *set_apxa(int argc, char **argv, bool apply)
{
	const char *error;
	bool on;

	error = sim_parse_on(argv[0], &on);
	if (error || !apply)
		return error;
	if (sim_hw.started)
		return "only before start";
	error = on ? set_limits(255, 255) : set_limits(63, 15);
	if (!error)
		sim_hw.apxa = on;
	return error;
}

static const char *set_qci(int argc, char **argv, bool apply)
{
	const char *error;
	bool on;

	error = sim_parse_on(argv[0], &on);
	if (error || !apply)
		return error;
	if (sim_hw.started)
		return "only before start";
	sim_hw.qci = on;
	return NULL;
}

static const char *set_apsb(int argc, char **argv, bool apply)
{
	const char *error;
	bool on;

	error = sim_parse_on(argv[0], &on);
	if (!error && apply)
		sim_hw.apsb = on;
	return error;
}

static const char *max_adapter(int argc, char **argv, bool apply)
{
	const char *error;
	u32 max;

	error = sim_parse_id(argv[0], &max);
	if (error || !apply)
		return error;
	if (!sim_hw.apxa && max > 63)
		return "without apxa it is at most 63";
	return set_limits(max, sim_hw.max_domain);
}

static const char *max_domain(int argc, char **argv, bool apply)
{
	const char *error;
	u32 max;

	error = sim_parse_id(argv[0], &max);
	if (error || !apply)
		return error;
	if (!sim_hw.apxa && max > 15)
		return "without apxa it is at most 15";
	return set_limits(sim_hw.max_adapter, max);
}

static const char *intercept_tapq(int argc, char **argv, bool apply)
{
	const char *error;
	bool on;

	error = sim_parse_on(argv[0], &on);
	if (!error && apply)
		sim_hw.intercept_tapq = on;
	return error;
}

static const char *guest_protected(int argc, char **argv, bool apply)
{
	const char *error;
	u32 id;
	bool on;

	error = sim_parse_number(argv[0], U32_MAX, &id);
	if (!error)
		error = sim_parse_on(argv[1], &on);
	if (error || !apply)
		return error;
	return sim_guest_protect(id, on) ? "no such guest" : NULL;
}

static const char *guest_noaiv(int argc, char **argv, bool apply)
{
	const char *error;
	u32 id;

	error = sim_parse_number(argv[0], U32_MAX, &id);
	if (error || !apply)
		return error;
	return sim_guest_disable_aiv(id) ? "no such guest" : NULL;
}

static const char *uv_refuse(int argc, char **argv, bool apply)
{
	const char *error;
	bool on;

	error = sim_parse_on(argv[0], &on);
	if (!error && apply)
		sim_uv_refuse(on);
	return error;
}

static const char *uv_busy(int argc, char **argv, bool apply)
{
	const char *error;
	bool on;

	error = sim_parse_on(argv[0], &on);
	if (!error && apply)
		sim_uv_busy(on);
	return error;
}

static const char *uv_host(int argc, char **argv, bool apply)
{
	const char *error;
	bool on;

	error = sim_parse_on(argv[0], &on);
	if (error || !apply)
		return error;
	return sim_uv_host(on) ? "this kernel has no support of protected guests" : NULL;
}

static const char *do_configchange(int argc, char **argv, bool apply)
{
	if (!apply)
		return NULL;
	return sim_bus_configchange() ? "the AP bus was not started" : NULL;
}

static const char *bus_reclaim(int argc, char **argv, bool apply)
{
	u16 apqn;

	if (!sim_parse_apqn(argv[0], &apqn))
		return "a queue is written as 05.0004";
	if (!apply)
		return NULL;
	return sim_bus_reclaim(apqn) ? "the AP bus has no such queue" : NULL;
}

static const char *bus_unscanned(int argc, char **argv, bool apply)
{
	if (!apply)
		return NULL;
	return sim_bus_unscanned() ? "the AP bus does not count its scans" : NULL;
}

static const char *do_start(int argc, char **argv, bool apply)
{
	int ret;

	if (!apply)
		return NULL;
	if (sim_hw.started)
		return "was started already";
	ret = sim_bus_start();
	if (ret)
		pr_err("aphwsim: the AP bus did not start: %d\n", ret);
	return ret ? "the AP bus did not start" : NULL;
}

/* ---- commands ---- */

static const struct command {
	const char *words[2];
	int min, max;		/* arguments */
	command_fn fn;
} commands[] = {
	{ { "card", "add" }, 1, 5, card_add },
	{ { "card", "del" }, 1, 1, card_del },
	{ { "card", "config" }, 2, 3, card_config },
	{ { "card", "checkstop" }, 2, 2, card_checkstop },
	{ { "domain", "add" }, 1, 1, domain_add },
	{ { "domain", "del" }, 1, 1, domain_del },
	{ { "control", "add" }, 1, 1, control_add },
	{ { "control", "del" }, 1, 1, control_del },
	{ { "apxa" }, 1, 1, set_apxa },
	{ { "qci" }, 1, 1, set_qci },
	{ { "apsb" }, 1, 1, set_apsb },
	{ { "max", "adapter" }, 1, 1, max_adapter },
	{ { "max", "domain" }, 1, 1, max_domain },
	{ { "queue", "busy" }, 2, 2, sim_queue_busy },
	{ { "queue", "stuck" }, 2, 2, sim_queue_stuck },
	{ { "queue", "reset-latency" }, 2, 2, sim_queue_reset_latency },
	{ { "queue", "latency" }, 2, 2, sim_queue_latency },
	{ { "queue", "irq-latency" }, 2, 2, sim_queue_irq_latency },
	{ { "queue", "drain-latency" }, 2, 2, sim_queue_drain_latency },
	{ { "queue", "insn-latency" }, 2, 2, sim_queue_insn_latency },
	{ { "queue", "resetfail" }, 2, 3, sim_queue_resetfail },
	{ { "queue", "assocfail" }, 2, 2, sim_queue_assocfail },
	{ { "queue", "default" }, 1, 1, sim_queue_default },
	{ { "inject" }, 3, 6, sim_inject_command },
	{ { "intercept", "tapq" }, 1, 1, intercept_tapq },
	{ { "bus", "reclaim" }, 1, 1, bus_reclaim },
	{ { "bus", "unscanned" }, 0, 0, bus_unscanned },
	{ { "guest", "protected" }, 2, 2, guest_protected },
	{ { "guest", "noaiv" }, 1, 1, guest_noaiv },
	{ { "uv", "refuse" }, 1, 1, uv_refuse },
	{ { "uv", "host" }, 1, 1, uv_host },
	{ { "uv", "busy" }, 1, 1, uv_busy },
	{ { "configchange" }, 0, 0, do_configchange },
	{ { "start" }, 0, 0, do_start },
};

static const char *run_command(int argc, char **argv, bool apply)
{
	const struct command *command;
	const char *error = "unknown command";
	int skip;

	for (command = commands; command < commands + ARRAY_SIZE(commands);
	     command++) {
		if (strcmp(argv[0], command->words[0]))
			continue;
		skip = command->words[1] ? 2 : 1;
		if (skip == 2 &&
		    (argc < 2 || strcmp(argv[1], command->words[1])))
			continue;
		error = "wrong number of words";
		if (argc - skip < command->min || argc - skip > command->max)
			continue;
		return command->fn(argc - skip, argv + skip, apply);
	}
	return error;
}

/* Replaces comments by blanks, so that a semicolon in one does not matter */
static void strip_comments(char *text)
{
	bool comment = false;

	for (; *text; text++) {
		if (*text == '\n')
			comment = false;
		else if (*text == '#')
			comment = true;
		if (comment)
			*text = ' ';
	}
}

static int run_text(char *text, bool apply)
{
	char *argv[MAX_WORDS], *line, *word, *shown;
	const char *error;
	int argc;

	while ((line = strsep(&text, "\n;"))) {
		line = strim(line);
		if (!*line)
			continue;
		shown = kstrdup(line, GFP_KERNEL);
		argc = 0;
		error = NULL;
		while ((word = strsep(&line, " \t\r"))) {
			if (!*word)
				continue;
			if (argc == MAX_WORDS) {
				error = "too many words";
				break;
			}
			argv[argc++] = word;
		}
		if (!error)
			error = run_command(argc, argv, apply);
		if (error)
			pr_err("aphwsim: control: '%.100s': %s\n",
			       shown ?: "?", error);
		kfree(shown);
		if (error)
			return -EINVAL;
	}
	return 0;
}

/* Executes what was written. Caller holds sim_control_mutex. 0 or -errno */
int sim_control_run(char *text)
{
	size_t size;
	char *copy;
	int ret;

	lockdep_assert_held(&sim_control_mutex);

	strip_comments(text);
	size = strlen(text) + 1;
	copy = kvmalloc(size, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, text, size);
	ret = run_text(copy, false);
	kvfree(copy);
	return ret ?: run_text(text, true);
}
