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
};

static const struct kind kinds[] = {
	{ ev_assign,		240, "assign" },
	{ ev_unassign,		90, "unassign" },
	{ ev_config,		70, "config" },
	{ ev_bad_text,		30, "bad text" },
	{ ev_create,		30, "create" },
	{ ev_remove,		8, "remove" },
	{ ev_mask,		60, "mask" },
	{ ev_bind,		80, "bind" },
	{ ev_probe_all,		20, "probe all" },
	{ ev_scan,		5, "scan" },
	{ ev_traffic,		15, "traffic" },
	{ ev_host_config,	30, "host config" },
	{ ev_card_state,	4, "card state" },
	{ ev_queue_trouble,	10, "queue trouble" },
	{ ev_heal,		16, "heal" },
	{ ev_guest_start,	60, "guest start" },
	{ ev_guest_stop,	18, "guest stop" },
	{ ev_guest_run,		130, "guest run" },
	{ ev_guest_background,	8, "guest background" },
	{ ev_guest_reset,	10, "guest reset" },
	{ ev_guest_unmap,	6, "guest unmap" },
	{ ev_second_open,	8, "second open" },
	{ ev_remove_open,	6, "remove open" },
	{ ev_repeat,		8, "repeat" },
	{ ev_one_step,		8, "one step" },
};

#define NR_KINDS (sizeof(kinds) / sizeof(kinds[0]))

static unsigned long counts[NR_KINDS], usecs[NR_KINDS];

void event_run(struct world *world, struct rng *rng)
{
	unsigned int i, sum = 0, n;
	unsigned long start;

	/* what hangs is soon made to go on: each wait for it takes seconds */
	if (rng_chance(rng, 20) && model_hangs(&world->model)) {
		ev_heal(world, rng);
		world->quiet = false;
		return;
	}
	for (i = 0; i < NR_KINDS; i++)
		sum += kinds[i].weight;
	n = rng_below(rng, sum);
	for (i = 0; n >= kinds[i].weight; i++)
		n -= kinds[i].weight;
	start = io_now();
	kinds[i].run(world, rng);
	usecs[i] += io_now() - start;
	counts[i]++;
	world->quiet = false;
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
