/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs, and shorter runs: which events of a failing run does its failure need?
 */
#ifndef PROPERTY_SHRINK_H
#define PROPERTY_SHRINK_H

#include <stdbool.h>

struct world;

/* Events first to last of the world's seed, less those that are to be skipped. */
struct run {
	unsigned long first, last;
	bool *skip;			/* by number - first; NULL: none */
};

/* main.c: from the first state on. True if nothing was wrong. */
bool run_events(struct world *world, const struct run *run);

/*
 * A run fails at its last event. Looks for a part of it that fails in the same
 * way from the first state on, and prints that part's events.
 */
void shrink_run(struct world *world, const struct run *run);

#endif
