// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which event comes how often.
 */
#include <stdio.h>

#include "events.h"
#include "io.h"

struct kind {
	void (*run)(struct world *world, struct rng *rng);
	unsigned int weight;
	const char *name;
	bool storm;		/* can be predicted in a storm, too */
};

static const struct kind kinds[] = {
	{ ev_assign,		240, "assign", true },
	{ ev_unassign,		90, "unassign", true },
	{ ev_config,		70, "config", true },
	{ ev_bad_text,		30, "bad text", true },
	{ ev_create,		30, "create", true },
	{ ev_remove,		8, "remove", true },
	{ ev_mask,		60, "mask", true },
	{ ev_bind,		80, "bind", false },
	{ ev_probe_all,		20, "probe all", false },
	{ ev_scan,		5, "scan", false },
	{ ev_traffic,		15, "traffic", false },
	{ ev_host_config,	30, "host config", false },
	{ ev_card_state,	4, "card state", false },
	{ ev_queue_trouble,	10, "queue trouble", false },
	{ ev_heal,		16, "heal", false },
	{ ev_guest_start,	60, "guest start", true },
	{ ev_guest_stop,	18, "guest stop", true },
	{ ev_guest_run,		130, "guest run", true },
	{ ev_guest_background,	40, "guest background", true },
	{ ev_guest_reset,	10, "guest reset", true },
	{ ev_guest_unmap,	6, "guest unmap", true },
	{ ev_second_open,	8, "second open", true },
	{ ev_remove_open,	6, "remove open", true },
	{ ev_repeat,		6, "repeat", false },
	{ ev_storm,		4, "storm", false },
	{ ev_one_step,		6, "one step", false },
};

#define NR_KINDS (sizeof(kinds) / sizeof(kinds[0]))

static unsigned long counts[NR_KINDS], usecs[NR_KINDS];

static void run_one(struct world *world, struct rng *rng, bool storm)
{
	unsigned int i, sum = 0, n;
	unsigned long start;

	for (i = 0; i < NR_KINDS; i++) {
		if (!storm || kinds[i].storm)
			sum += kinds[i].weight;
	}
	n = rng_below(rng, sum);
	for (i = 0;; i++) {
		if (storm && !kinds[i].storm)
			continue;
		if (n < kinds[i].weight)
			break;
		n -= kinds[i].weight;
	}
	start = io_now();
	kinds[i].run(world, rng);
	usecs[i] += io_now() - start;
	counts[i]++;
	world->quiet = false;
}

void event_run(struct world *world, struct rng *rng)
{
	/* what hangs is soon made to go on: each wait for it takes seconds */
	if (rng_chance(rng, 20) && model_hangs(&world->model)) {
		ev_heal(world, rng);
		world->quiet = false;
		return;
	}
	run_one(world, rng, false);
}

void event_in_storm(struct world *world, struct rng *rng)
{
	story_begin(world);
	story_add("in the storm: ");
	run_one(world, rng, true);
}

void event_print_times(void)
{
	unsigned int i;

	for (i = 0; i < NR_KINDS; i++) {
		if (counts[i])
			printf("%7lu %-18s %8lu us each\n", counts[i], kinds[i].name,
			       usecs[i] / counts[i]);
	}
}
