// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control room: the language in which the hardware is described and changed.
 *
 * Commands stand one per line or between semicolons; # begins a comment.
 * Everything that is written at once is read twice: first for its form alone,
 * and if any command is not well-formed none is carried out; then each is
 * carried out in turn, up to the first that cannot be. Whatever is wrong is
 * said in one line of the kernel log.
 *
 * Numbers of adapters and domains (IDS) are decimal or 0x; queues (SEL) are
 * written as the kernel prints them, in hexadecimal, with * for any; response
 * codes are hexadecimal.
 */
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "sim.h"

#define MAX_WORDS	16
#define MAX_PATTERNS	512
#define MAX_USECS	100000000U

/* A command: NULL, or what is wrong. @apply false: look at the form only */
typedef const char *(*command_fn)(int argc, char **argv, bool apply);

struct queue_set {
	unsigned int nr;
	struct { s16 apid, apqi; } patterns[MAX_PATTERNS];	/* -1: any */
};

/* ---- words ---- */

static const char *parse_on(const char *word, bool *on)
{
	if (!strcmp(word, "on"))
		*on = true;
	else if (!strcmp(word, "off"))
		*on = false;
	else
		return "neither on nor off";
	return NULL;
}

static const char *parse_number(const char *word, u32 max, u32 *value)
{
	if (kstrtou32(word, 0, value))
		return "not a number";
	return *value > max ? "number too large" : NULL;
}

static const char *parse_rc(const char *word, u8 *rc)
{
	return kstrtou8(word, 16, rc) ? "not a response code" : NULL;
}

/* 0047 means 71 to people and 39 to kstrtou32(): refused */
static const char *parse_id(const char *word, u32 *id)
{
	if (word[0] == '0' && word[1] && (word[1] | 0x20) != 'x')
		return "leading zero: decimal or 0x?";
	return parse_number(word, 255, id) ? "not a number from 0 to 255" : NULL;
}

static const char *parse_ids(char *list, u64 ids[4])
{
	const char *error;
	char *word, *dash;
	u32 first, last;

	memset(ids, 0, 4 * sizeof(*ids));
	while ((word = strsep(&list, ","))) {
		dash = strchr(word, '-');
		if (dash)
			*dash = '\0';
		error = parse_id(word, &first);
		last = first;
		if (!error && dash)
			error = parse_id(dash + 1, &last);
		if (!error && last < first)
			error = "range ends before it begins";
		if (error)
			return error;
		while (first <= last)
			sim_mask_set(ids, first++);
	}
	return NULL;
}

static int parse_hex(const char *word, size_t digits, u16 max, s16 *value)
{
	u16 number;

	if (!strcmp(word, "*")) {
		*value = -1;
		return 0;
	}
	if (strlen(word) > digits || kstrtou16(word, 16, &number) ||
	    number > max)
		return -EINVAL;
	*value = number;
	return 0;
}

static const char *parse_queues(char *list, struct queue_set *set)
{
	char *word, *dot;
	s16 apid, apqi;

	set->nr = 0;
	while ((word = strsep(&list, ","))) {
		dot = strchr(word, '.');
		if (!dot && !strcmp(word, "*")) {
			apid = -1;
			apqi = -1;
		} else {
			if (!dot)
				return "queues are written as 05.0004, 05.*, *.0004 or *";
			*dot = '\0';
			if (parse_hex(word, 2, 255, &apid) ||
			    parse_hex(dot + 1, 4, 255, &apqi))
				return "queues are written as 05.0004, 05.*, *.0004 or *";
		}
		if (set->nr == MAX_PATTERNS)
			return "too many queues";
		set->patterns[set->nr].apid = apid;
		set->patterns[set->nr++].apqi = apqi;
	}
	return NULL;
}

static bool in_set(const struct queue_set *set, u16 apqn)
{
	unsigned int i;

	for (i = 0; i < set->nr; i++)
		if ((set->patterns[i].apid < 0 ||
		     set->patterns[i].apid == SIM_APID(apqn)) &&
		    (set->patterns[i].apqi < 0 ||
		     set->patterns[i].apqi == SIM_APQI(apqn)))
			return true;
	return false;
}

/* If @word is KEY=VALUE with this key: its value, else NULL */
static const char *option(const char *word, const char *key)
{
	size_t len = strlen(key);

	return !strncmp(word, key, len) && word[len] == '=' ?
	       word + len + 1 : NULL;
}

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
		if ((value = option(argv[i], "type"))) {
			error = parse_type(value, &card->type);
		} else if ((value = option(argv[i], "mode"))) {
			error = parse_mode(value, &card->mode);
		} else if ((value = option(argv[i], "depth"))) {
			error = parse_number(value, 16, &number);
			if (!error && !number)
				error = "depth is 1 to 16";
			card->depth = error ? 1 : number;
		} else if ((value = option(argv[i], "facilities"))) {
			error = parse_number(value, U32_MAX, &card->facilities);
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

	error = parse_ids(argv[0], ids);
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

	error = parse_ids(argv[0], ids);
	if (error || !apply)
		return error;
	error = not_there(ids);
	for (apid = 0; apid < 256 && !error; apid++)
		if (sim_mask_test(ids, apid))
			sim_hw_del_card(apid);
	return error;
}

static const char * const config_names[] = {
	[SIM_CONFIG_ON] = "on", [SIM_CONFIG_STANDBY] = "standby",
	[SIM_CONFIG_OFF] = "off",
};

static const char *card_config(int argc, char **argv, bool apply)
{
	const char *error;
	unsigned int apid;
	int config;
	u64 ids[4];

	config = match_string(config_names, ARRAY_SIZE(config_names), argv[1]);
	error = config < 0 ? "none of on, off, standby" : parse_ids(argv[0], ids);
	if (error || !apply)
		return error;
	error = not_there(ids);
	for (apid = 0; apid < 256 && !error; apid++)
		if (sim_mask_test(ids, apid))
			sim_hw_configure(apid, config);
	return error;
}

static const char *card_checkstop(int argc, char **argv, bool apply)
{
	const char *error;
	unsigned int apid;
	u64 ids[4];
	bool on;

	error = parse_ids(argv[0], ids);
	if (!error)
		error = parse_on(argv[1], &on);
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

	error = parse_ids(list, ids);
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
	if (sim_hw.started)
		return "only before start";
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

	error = parse_on(argv[0], &on);
	if (error || !apply)
		return error;
	error = on ? set_limits(255, 255) : set_limits(63, 15);
	if (!error)
		sim_hw.apxa = on;
	return error;
}

static const char *set_qci(int argc, char **argv, bool apply)
{
	const char *error;
	bool on;

	error = parse_on(argv[0], &on);
	if (error || !apply)
		return error;
	if (sim_hw.started)
		return "only before start";
	sim_hw.qci = on;
	return NULL;
}

static const char *max_adapter(int argc, char **argv, bool apply)
{
	const char *error;
	u32 max;

	error = parse_id(argv[0], &max);
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

	error = parse_id(argv[0], &max);
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

	error = parse_on(argv[0], &on);
	if (!error && apply)
		sim_hw.intercept_tapq = on;
	return error;
}

static const char *do_configchange(int argc, char **argv, bool apply)
{
	if (!apply)
		return NULL;
	return sim_bus_configchange() ? "there is no AP bus yet" : NULL;
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
	return ret ? "see above" : NULL;
}

/* ---- queues ---- */

struct change {
	bool on;
	u8 rc;
	u32 fc, number, after, count;
	bool forever;
};

typedef void (*change_fn)(struct sim_queue *queue, const struct change *change);

static void change_busy(struct sim_queue *queue, const struct change *change)
{
	queue->busy = change->on;
}

static void change_stuck(struct sim_queue *queue, const struct change *change)
{
	queue->stuck = change->on;
	sim_queue_settle(queue);
}

static void change_reset_latency(struct sim_queue *queue,
				 const struct change *change)
{
	queue->reset_latency = change->number;
}

static void change_latency(struct sim_queue *queue,
			   const struct change *change)
{
	queue->reply_latency = change->number;
}

static void set_inject(struct sim_inject *inject, const struct change *change)
{
	*inject = (struct sim_inject) {
		.rc = change->rc,
		.forever = change->forever,
		.after = change->after,
		.count = change->count,
	};
}

/* As it was made: nothing injected, no latency but the usual ones */
static void change_default(struct sim_queue *queue,
			   const struct change *change)
{
	queue->busy = false;
	queue->stuck = false;
	queue->reset_latency = SIM_DEFAULT_RESET_LATENCY;
	queue->reply_latency = SIM_DEFAULT_REPLY_LATENCY;
	memset(&queue->reset_fail, 0, sizeof(queue->reset_fail));
	memset(queue->inject, 0, sizeof(queue->inject));
	sim_queue_settle(queue);
}

static void change_resetfail(struct sim_queue *queue,
			     const struct change *change)
{
	set_inject(&queue->reset_fail, change);
}

static void change_inject(struct sim_queue *queue, const struct change *change)
{
	set_inject(&queue->inject[change->fc], change);
}

/* Does it to all queues of a SEL that exist */
static const char *change_queues(char *list, bool apply, change_fn fn,
				 const struct change *change)
{
	const char *error;
	struct queue_set *set;
	unsigned int apqn, nr = 0;
	unsigned long flags;

	set = kmalloc(sizeof(*set), GFP_KERNEL);
	if (!set)
		return "no memory";
	error = parse_queues(list, set);
	if (error || !apply)
		goto out;
	for (apqn = sim_hw_next(0); apqn < SIM_MAX_APQNS; apqn = sim_hw_next(apqn + 1)) {
		if (!sim_hw_has(apqn) || !in_set(set, apqn))
			continue;
		raw_spin_lock_irqsave(&sim_hw.lock, flags);
		fn(sim_hw.queues[apqn], change);
		raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
		nr++;
	}
	if (!nr)
		error = "no such queue";
out:
	kfree(set);
	return error;
}

static const char *queue_flag(char **argv, bool apply, change_fn fn)
{
	struct change change = {};
	const char *error = parse_on(argv[1], &change.on);

	return error ?: change_queues(argv[0], apply, fn, &change);
}

static const char *queue_busy(int argc, char **argv, bool apply)
{
	return queue_flag(argv, apply, change_busy);
}

static const char *queue_stuck(int argc, char **argv, bool apply)
{
	return queue_flag(argv, apply, change_stuck);
}

static const char *queue_usecs(char **argv, bool apply, change_fn fn)
{
	struct change change = {};
	const char *error = parse_number(argv[1], MAX_USECS, &change.number);

	return error ?: change_queues(argv[0], apply, fn, &change);
}

static const char *queue_reset_latency(int argc, char **argv, bool apply)
{
	return queue_usecs(argv, apply, change_reset_latency);
}

static const char *queue_latency(int argc, char **argv, bool apply)
{
	return queue_usecs(argv, apply, change_latency);
}

static const char *queue_default(int argc, char **argv, bool apply)
{
	struct change change = {};

	return change_queues(argv[0], apply, change_default, &change);
}

static const char *parse_count(const char *word, struct change *change)
{
	const char *error = parse_number(word, U32_MAX, &change->count);

	change->forever = !change->count;
	return error;
}

static const char *queue_resetfail(int argc, char **argv, bool apply)
{
	struct change change = { .forever = true };
	const char *value, *error;

	error = parse_rc(argv[1], &change.rc);
	if (!error && argc > 2) {
		value = option(argv[2], "count");
		error = value ? parse_count(value, &change) : "unknown option";
	}
	return error ?: change_queues(argv[0], apply, change_resetfail,
				      &change);
}

static const char *inject(int argc, char **argv, bool apply)
{
	struct change change = { .fc = SIM_NR_FC, .count = 1 };
	const char *value, *error = NULL;
	bool has_rc = false;
	int i;

	for (i = 1; i < argc && !error; i++) {
		if ((value = option(argv[i], "fc"))) {
			int fc = match_string(sim_fc_names, SIM_NR_FC, value);

			change.fc = fc;
			if (fc < 0 || fc == SIM_QCI)
				error = "no such function";
		} else if ((value = option(argv[i], "rc"))) {
			error = parse_rc(value, &change.rc);
			has_rc = true;
		} else if ((value = option(argv[i], "after"))) {
			error = parse_number(value, U32_MAX, &change.after);
		} else if ((value = option(argv[i], "count"))) {
			error = parse_count(value, &change);
		} else {
			error = "unknown option";
		}
	}
	if (!error && (change.fc == SIM_NR_FC || !has_rc))
		error = "needs fc= and rc=";
	return error ?: change_queues(argv[0], apply, change_inject, &change);
}

/* ---- commands ---- */

static const struct command {
	const char *words[2];
	int min, max;		/* arguments */
	command_fn fn;
} commands[] = {
	{ { "card", "add" }, 1, 5, card_add },
	{ { "card", "del" }, 1, 1, card_del },
	{ { "card", "config" }, 2, 2, card_config },
	{ { "card", "checkstop" }, 2, 2, card_checkstop },
	{ { "domain", "add" }, 1, 1, domain_add },
	{ { "domain", "del" }, 1, 1, domain_del },
	{ { "control", "add" }, 1, 1, control_add },
	{ { "control", "del" }, 1, 1, control_del },
	{ { "apxa" }, 1, 1, set_apxa },
	{ { "qci" }, 1, 1, set_qci },
	{ { "max", "adapter" }, 1, 1, max_adapter },
	{ { "max", "domain" }, 1, 1, max_domain },
	{ { "queue", "busy" }, 2, 2, queue_busy },
	{ { "queue", "stuck" }, 2, 2, queue_stuck },
	{ { "queue", "reset-latency" }, 2, 2, queue_reset_latency },
	{ { "queue", "latency" }, 2, 2, queue_latency },
	{ { "queue", "resetfail" }, 2, 3, queue_resetfail },
	{ { "queue", "default" }, 1, 1, queue_default },
	{ { "inject" }, 3, 5, inject },
	{ { "intercept", "tapq" }, 1, 1, intercept_tapq },
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

/* Blanks out comments first, so that a semicolon in one does not matter */
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

/* Carries out what was written. Caller holds sim_control_mutex. 0 or -errno */
int sim_control_run(char *text)
{
	char *copy;
	int ret;

	lockdep_assert_held(&sim_control_mutex);

	strip_comments(text);
	copy = kvmalloc(strlen(text) + 1, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	strcpy(copy, text);
	ret = run_text(copy, false);
	kvfree(copy);
	return ret ?: run_text(text, true);
}

/* ---- the present configuration as commands ---- */

static void show_ids(struct seq_file *m, const char *command, const u64 ids[4])
{
	const char *separator = " ";
	unsigned int first, last;

	if (!(ids[0] | ids[1] | ids[2] | ids[3]))
		return;
	seq_puts(m, command);
	for (first = 0; first < 256; first = last + 1) {
		last = first;
		if (!sim_mask_test(ids, first))
			continue;
		while (last < 255 && sim_mask_test(ids, last + 1))
			last++;
		seq_printf(m, "%s0x%02x", separator, first);
		if (last > first)
			seq_printf(m, "-0x%02x", last);
		separator = ",";
	}
	seq_putc(m, '\n');
}

static void show_card(struct seq_file *m, unsigned int apid)
{
	const struct sim_card *card = &sim_hw.cards[apid];

	seq_printf(m, "card add 0x%02x type=%s mode=%s depth=%u", apid,
		   sim_type_name(card->type), sim_mode_name(card->mode),
		   card->depth);
	if (card->facilities_given)
		seq_printf(m, " facilities=0x%08x", card->facilities);
	seq_putc(m, '\n');
	if (card->config != SIM_CONFIG_ON)
		seq_printf(m, "card config 0x%02x %s\n", apid,
			   config_names[card->config]);
	if (card->checkstop)
		seq_printf(m, "card checkstop 0x%02x on\n", apid);
}

static void show_inject(struct seq_file *m, u16 apqn, const char *fc,
			const struct sim_inject *inject)
{
	if (inject->rc)
		seq_printf(m, "inject %02x.%04x fc=%s rc=%02x after=%u count=%u\n",
			   SIM_APID(apqn), SIM_APQI(apqn), fc, inject->rc,
			   inject->after, inject->forever ? 0 : inject->count);
}

static void show_queue(struct seq_file *m, u16 apqn)
{
	struct sim_queue queue;
	unsigned long flags;
	char name[8];
	int fc;

	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	queue = *sim_hw.queues[apqn];
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);

	snprintf(name, sizeof(name), "%02x.%04x", SIM_APID(apqn),
		 SIM_APQI(apqn));
	if (queue.reply_latency != SIM_DEFAULT_REPLY_LATENCY)
		seq_printf(m, "queue latency %s %u\n", name,
			   queue.reply_latency);
	if (queue.reset_latency != SIM_DEFAULT_RESET_LATENCY)
		seq_printf(m, "queue reset-latency %s %u\n", name,
			   queue.reset_latency);
	if (queue.busy)
		seq_printf(m, "queue busy %s on\n", name);
	if (queue.stuck)
		seq_printf(m, "queue stuck %s on\n", name);
	if (queue.reset_fail.rc && queue.reset_fail.forever)
		seq_printf(m, "queue resetfail %s %02x\n", name,
			   queue.reset_fail.rc);
	else if (queue.reset_fail.rc)
		seq_printf(m, "queue resetfail %s %02x count=%u\n", name,
			   queue.reset_fail.rc, queue.reset_fail.count);
	for (fc = 0; fc < SIM_NR_FC; fc++)
		show_inject(m, apqn, sim_fc_names[fc], &queue.inject[fc]);
}

/* Caller holds sim_control_mutex */
int sim_control_show(struct seq_file *m)
{
	u64 not_control[4];
	unsigned int apid, apqn, i;

	lockdep_assert_held(&sim_control_mutex);

	if (!sim_hw.apxa)
		seq_puts(m, "apxa off\n");
	if (!sim_hw.qci)
		seq_puts(m, "qci off\n");
	seq_printf(m, "max adapter %u\nmax domain %u\n", sim_hw.max_adapter,
		   sim_hw.max_domain);
	for (apid = 0; apid < 256; apid++)
		if (sim_hw.cards[apid].present)
			show_card(m, apid);
	show_ids(m, "domain add", sim_hw.usage);
	show_ids(m, "control add", sim_hw.control);
	for (i = 0; i < 4; i++)
		not_control[i] = sim_hw.usage[i] & ~sim_hw.control[i];
	show_ids(m, "control del", not_control);
	for (apqn = 0; apqn < SIM_MAX_APQNS; apqn++)
		if (sim_hw_has(apqn))
			show_queue(m, apqn);
	if (sim_hw.intercept_tapq)
		seq_puts(m, "intercept tapq on\n");
	if (sim_hw.started)
		seq_puts(m, "start\n");
	return 0;
}
