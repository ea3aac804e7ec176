// SPDX-License-Identifier: GPL-2.0-only
/*
 * splitmix64: a counter and a good mix of its bits; enough for choosing events.
 */
#include "rng.h"

#define GOLDEN 0x9e3779b97f4a7c15ULL

static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
	return x ^ x >> 31;
}

void rng_init(struct rng *rng, uint64_t seed, uint64_t stream)
{
	rng->state = mix(mix(seed + GOLDEN) ^ (stream + 1) * GOLDEN);
}

uint64_t rng_next(struct rng *rng)
{
	rng->state += GOLDEN;
	return mix(rng->state);
}

unsigned int rng_below(struct rng *rng, unsigned int n)
{
	return (unsigned int)(rng_next(rng) % n);
}

bool rng_chance(struct rng *rng, unsigned int percent)
{
	return rng_below(rng, 100) < percent;
}
