// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which event comes how often.
 */
#include "events.h"

struct kind {
	void (*run)(struct world *world, struct rng *rng);
	unsigned int weight;
};

static const struct kind kinds[] = {
	{ ev_assign,		240 },
	{ ev_unassign,		110 },
	{ ev_config,		70 },
	{ ev_bad_text,		30 },
	{ ev_create,		40 },
	{ ev_remove,		8 },
	{ ev_mask,		60 },
	{ ev_bind,		130 },
	{ ev_scan,		5 },
	{ ev_traffic,		10 },
	{ ev_host_config,	30 },
	{ ev_card_state,	4 },
	{ ev_queue_trouble,	10 },
	{ ev_heal,		16 },
	{ ev_guest_start,	50 },
	{ ev_guest_stop,	18 },
	{ ev_guest_run,		130 },
	{ ev_guest_background,	8 },
	{ ev_guest_reset,	10 },
	{ ev_guest_unmap,	6 },
	{ ev_second_open,	8 },
	{ ev_remove_open,	6 },
	{ ev_repeat,		8 },
	{ ev_one_step,		8 },
};

#define NR_KINDS (sizeof(kinds) / sizeof(kinds[0]))

void event_run(struct world *world, struct rng *rng)
{
	unsigned int i, sum = 0, n;

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
	kinds[i].run(world, rng);
	world->quiet = false;
}
