// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shrinking: first a late part of the run that is enough, then without ever
 * smaller pieces of it, as long as the same thing goes wrong.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io.h"
#include "hw.h"
#include "shrink.h"
#include "story.h"
#include "world.h"

#define TRIES		150
#define LIMIT_US	120000000UL
#define PATIENCE_US	4000000UL	/* less than usual: each failure takes it */

struct search {
	struct world *world;
	char what[200];
	unsigned int tries;
	unsigned long deadline;
};

static bool fails_alike(struct search *search, const struct run *run)
{
	search->tries++;
	hw_oracle_clear();
	return !run_events(search->world, run) && !strcmp(story_what(), search->what);
}

static bool may_go_on(const struct search *search)
{
	return search->tries < TRIES && io_now() < search->deadline;
}

/* The last 25, 50, 100 ... events, until some are enough. */
static bool find_tail(struct search *search, const struct run *whole, struct run *run)
{
	unsigned long nr;

	for (nr = 25; nr < whole->last - whole->first && nr < 5000 && may_go_on(search);
	     nr *= 2) {
		run->first = whole->last - nr + 1;
		if (fails_alike(search, run))
			return true;
	}
	run->first = whole->first;
	return whole->last - whole->first < 5000 && fails_alike(search, run);
}

static void leave_out(struct search *search, struct run *run)
{
	unsigned long nr = run->last - run->first + 1, size, at, i;
	bool *before = calloc(nr, sizeof(bool));

	for (size = nr / 2; before && size && may_go_on(search); size /= 2) {
		for (at = 0; at + 1 < nr && may_go_on(search); at += size) {
			bool any = false;

			memcpy(before, run->skip, nr * sizeof(bool));
			/* the last event is the one that fails */
			for (i = at; i < at + size && i + 1 < nr; i++) {
				any |= !run->skip[i];
				run->skip[i] = true;
			}
			if (any && !fails_alike(search, run))
				memcpy(run->skip, before, nr * sizeof(bool));
		}
	}
	free(before);
}

void shrink_run(struct world *world, const struct run *whole)
{
	struct search search = { .world = world, .deadline = io_now() + LIMIT_US };
	struct run run = { .first = whole->first, .last = whole->last };
	bool verbose = world->verbose;

	snprintf(search.what, sizeof(search.what), "%s", story_what());
	world->verbose = false;
	world->patience = PATIENCE_US;
	if (!find_tail(&search, whole, &run)) {
		printf("shrinking: no shorter run fails in the same way\n");
		world->verbose = verbose;
		return;
	}
	run.skip = calloc(run.last - run.first + 1, sizeof(bool));
	if (run.skip) {
		leave_out(&search, &run);
		printf("shrinking: after %u tries, these events are enough:\n", search.tries);
		if (!fails_alike(&search, &run))
			printf("(they are not, the last time)\n");
		story_print(world);
	}
	free(run.skip);
	world->verbose = verbose;
}
