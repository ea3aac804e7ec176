/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a run tells: its last events, and the first thing that went wrong.
 *
 * A check that fails records what it wanted and what it got; only the first one
 * counts. Whoever calls a check looks at story_failed() afterwards.
 */
#ifndef PROPERTY_STORY_H
#define PROPERTY_STORY_H

#include <stdbool.h>

struct world;

/* A new event begins. */
void story_begin(const struct world *world);

/* Adds to what the present event has done. */
void story_add(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Something is wrong: what it is, what was wanted, and what was got. */
void story_wrong(const char *what, const char *wanted, const char *got);

/* An errno is as it has to be; adds it to the story in any case. */
void story_expect(const char *what, int wanted, int got);

bool story_failed(void);

/* What went wrong first, or "". */
const char *story_what(void);

/* Forgets all, for another run. */
void story_clear(void);

/* The failure and the events before it, to stdout. */
void story_print(const struct world *world);

#endif
