/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random numbers that repeat: all that a run does follows from its seed, and
 * each event has a stream of its own, so that leaving one event out does not
 * change what the others do.
 */
#ifndef PROPERTY_RNG_H
#define PROPERTY_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

/* The stream number `stream` of a seed. */
void rng_init(struct rng *rng, uint64_t seed, uint64_t stream);

uint64_t rng_next(struct rng *rng);

/* 0 to n - 1; n > 0. */
unsigned int rng_below(struct rng *rng, unsigned int n);

/* True in `percent` of 100 cases. */
bool rng_chance(struct rng *rng, unsigned int percent);

#endif
