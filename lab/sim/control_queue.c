// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands of the control file: settings of queues.
 *
 * A command applies to all queues of a SEL that exist; it is an error if there is
 * none. A SEL is a list of queues as the kernel prints them, in hexadecimal, with
 * * for any adapter or domain.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "control_queue.h"
#include "control_words.h"
#include "hw.h"
#include "lock.h"

#define MAX_PATTERNS	512
#define MAX_USECS	100000000U
#define MAX_INSN_USECS	10000U

struct queue_set {
	unsigned int nr;
	struct { s16 apid, apqi; } patterns[MAX_PATTERNS];	/* -1: any */
};

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

struct change {
	bool on;
	u8 rc;
	u32 fcs;		/* bits of enum sim_fc */
	u32 number, after, count;
	bool forever;
	bool until_reset;
};

typedef void (*change_fn)(struct sim_queue *queue, const struct change *change);

static void change_busy(struct sim_queue *queue, const struct change *change)
{
	queue->set.busy = change->on;
}

static void change_stuck(struct sim_queue *queue, const struct change *change)
{
	queue->set.stuck = change->on;
	sim_queue_settle(queue);
}

static void change_reset_latency(struct sim_queue *queue,
				 const struct change *change)
{
	queue->set.reset_latency = change->number;
}

static void change_latency(struct sim_queue *queue,
			   const struct change *change)
{
	queue->set.reply_latency = change->number;
}

static void change_irq_latency(struct sim_queue *queue,
			       const struct change *change)
{
	queue->set.irq_latency = change->number;
	sim_queue_settle_irq(queue);
}

static void change_drain_latency(struct sim_queue *queue,
				 const struct change *change)
{
	queue->set.drain_latency = change->number;
	sim_queue_settle_drain(queue);
}

static void change_insn_latency(struct sim_queue *queue,
				const struct change *change)
{
	queue->set.insn_latency = change->number;
}

static void set_inject(struct sim_inject *inject, const struct change *change)
{
	*inject = (struct sim_inject) {
		.rc = change->rc,
		.forever = change->forever,
		.after = change->after,
		.count = change->count,
		.until_reset = change->until_reset,
	};
}

static void change_default(struct sim_queue *queue,
			   const struct change *change)
{
	queue->set = sim_default_settings;
	sim_queue_settle_irq(queue);
	sim_queue_settle_drain(queue);
	sim_queue_settle(queue);
}

static void change_assocfail(struct sim_queue *queue,
			     const struct change *change)
{
	queue->set.assoc_fail = change->rc;
}

static void change_resetfail(struct sim_queue *queue,
			     const struct change *change)
{
	set_inject(&queue->set.reset_fail, change);
}

static void change_inject(struct sim_queue *queue, const struct change *change)
{
	unsigned int fc;

	for (fc = 0; fc < SIM_NR_FC; fc++)
		if (change->fcs & BIT(fc))
			set_inject(&queue->set.inject[fc], change);
}

/* Calls @fn for all queues of a SEL that exist */
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
	for (apqn = sim_hw_next_queue(0); apqn < SIM_MAX_APQNS;
	     apqn = sim_hw_next_queue(apqn + 1)) {
		if (!in_set(set, apqn))
			continue;
		raw_spin_lock_irqsave(&sim_lock, flags);
		fn(sim_hw.queues[apqn], change);
		raw_spin_unlock_irqrestore(&sim_lock, flags);
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
	const char *error = sim_parse_on(argv[1], &change.on);

	return error ?: change_queues(argv[0], apply, fn, &change);
}

const char *sim_queue_busy(int argc, char **argv, bool apply)
{
	return queue_flag(argv, apply, change_busy);
}

const char *sim_queue_stuck(int argc, char **argv, bool apply)
{
	return queue_flag(argv, apply, change_stuck);
}

static const char *queue_usecs(char **argv, bool apply, change_fn fn, u32 max)
{
	struct change change = {};
	const char *error = sim_parse_number(argv[1], max, &change.number);

	return error ?: change_queues(argv[0], apply, fn, &change);
}

const char *sim_queue_reset_latency(int argc, char **argv, bool apply)
{
	return queue_usecs(argv, apply, change_reset_latency, MAX_USECS);
}

const char *sim_queue_latency(int argc, char **argv, bool apply)
{
	return queue_usecs(argv, apply, change_latency, MAX_USECS);
}

const char *sim_queue_irq_latency(int argc, char **argv, bool apply)
{
	return queue_usecs(argv, apply, change_irq_latency, MAX_USECS);
}

const char *sim_queue_drain_latency(int argc, char **argv, bool apply)
{
	return queue_usecs(argv, apply, change_drain_latency, MAX_USECS);
}

/* An instruction cannot be interrupted, so it must not take long */
const char *sim_queue_insn_latency(int argc, char **argv, bool apply)
{
	return queue_usecs(argv, apply, change_insn_latency, MAX_INSN_USECS);
}

const char *sim_queue_default(int argc, char **argv, bool apply)
{
	struct change change = {};

	return change_queues(argv[0], apply, change_default, &change);
}

static const char *parse_count(const char *word, struct change *change)
{
	const char *error = sim_parse_number(word, U32_MAX, &change->count);

	change->forever = !change->count;
	return error;
}

const char *sim_queue_resetfail(int argc, char **argv, bool apply)
{
	struct change change = { .forever = true };
	const char *value, *error;

	error = sim_parse_rc(argv[1], &change.rc);
	if (!error && argc > 2) {
		error = sim_option(argv[2], "count", &value) ?
			parse_count(value, &change) : "unknown option";
	}
	return error ?: change_queues(argv[0], apply, change_resetfail,
				      &change);
}

/* A function, or all but QCI, which is no queue's */
static const char *parse_fcs(const char *word, u32 *fcs)
{
	int fc;

	*fcs = GENMASK(SIM_NR_FC - 1, 0) & ~BIT(SIM_QCI) & ~BIT(SIM_FC6);
	if (!strcmp(word, "all"))
		return NULL;
	fc = match_string(sim_fc_names, SIM_NR_FC, word);
	if (fc < 0 || !(*fcs & BIT(fc)))
		return "no such function";
	*fcs = BIT(fc);
	return NULL;
}

const char *sim_queue_assocfail(int argc, char **argv, bool apply)
{
	struct change change = {};
	const char *error = sim_parse_rc(argv[1], &change.rc);

	return error ?: change_queues(argv[0], apply, change_assocfail, &change);
}

const char *sim_inject_command(int argc, char **argv, bool apply)
{
	struct change change = { .count = 1 };
	const char *value, *error = NULL;
	bool has_rc = false;
	int i;

	for (i = 1; i < argc && !error; i++) {
		if (sim_option(argv[i], "fc", &value)) {
			error = parse_fcs(value, &change.fcs);
		} else if (sim_option(argv[i], "rc", &value)) {
			error = sim_parse_rc(value, &change.rc);
			has_rc = true;
		} else if (sim_option(argv[i], "after", &value)) {
			error = sim_parse_number(value, U32_MAX, &change.after);
		} else if (sim_option(argv[i], "count", &value)) {
			error = parse_count(value, &change);
		} else if (!strcmp(argv[i], "until=reset")) {
			change.until_reset = true;
			change.forever = true;
		} else {
			error = "unknown option";
		}
	}
	/* a reset must be possible to end it */
	if (change.until_reset)
		change.fcs &= ~(BIT(SIM_RAPQ) | BIT(SIM_ZAPQ));
	if (!error && (!change.fcs || !has_rc))
		error = "needs fc= and rc=";
	return error ?: change_queues(argv[0], apply, change_inject, &change);
}
