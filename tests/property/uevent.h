/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Uevents: the module tells of each change of a guest matrix with one. They are
 * collected all the time and compared at quiescent points.
 */
#ifndef PROPERTY_UEVENT_H
#define PROPERTY_UEVENT_H

#include "world.h"

/* 0 or a negative errno. */
int uevent_open(void);

/* Until some uevent comes, or so many milliseconds are over. */
void uevent_wait(struct world *world, unsigned int ms);

/*
 * Takes in what has come. Each that tells of a guest matrix must be news, and
 * the last one of an mdev must tell the guest matrix that it has now.
 */
void uevent_check(struct world *world, const struct apm_matrix guest[MODEL_MDEVS]);

/*
 * Did the last uevent of this mdev, as far as it was taken in, tell this guest matrix?
 * The only sign of a change in what no guest has and no file shows: control domains.
 */
bool uevent_tells(const struct world *world, unsigned int mdev, const struct apm_matrix *guest);

/*
 * The module binds a queue device that was just created once more, before it
 * gives it to anybody. False as long as that is to be expected of some queue.
 */
bool uevent_at_rest(struct world *world);

/* Forgets what was told. */
void uevent_forget(struct world *world);

#endif
