/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The events of a run. Each does one thing to the machine, and to the model
 * what it has to become; it tells the story what it does and compares the
 * errno with the model's. Which one comes, and what it does exactly, depends
 * on its random numbers and the model alone, so that a seed tells it all.
 */
#ifndef PROPERTY_EVENTS_H
#define PROPERTY_EVENTS_H

#include <pthread.h>

#include "rng.h"
#include "story.h"
#include "world.h"

/* ev_matrix.c: what an administrator writes to an mdev */
void ev_assign(struct world *world, struct rng *rng);
void ev_unassign(struct world *world, struct rng *rng);
void ev_config(struct world *world, struct rng *rng);
void ev_config_of(struct world *world, struct rng *rng, unsigned int mdev);
void ev_bad_text(struct world *world, struct rng *rng);
void ev_create(struct world *world, struct rng *rng);
void ev_remove(struct world *world, struct rng *rng);

/* ev_bus.c: what an administrator does to the AP bus */
void ev_mask(struct world *world, struct rng *rng);
void ev_bind(struct world *world, struct rng *rng);
void ev_probe_all(struct world *world, struct rng *rng);
void ev_scan(struct world *world, struct rng *rng);
void ev_traffic(struct world *world, struct rng *rng);

/* ev_hardware.c: what an SE or HMC does, and what breaks */
void ev_host_config(struct world *world, struct rng *rng);
void ev_card_state(struct world *world, struct rng *rng);
void ev_queue_trouble(struct world *world, struct rng *rng);
void ev_heal(struct world *world, struct rng *rng);
/* Makes everything work again, without a word. */
void hardware_heal(struct world *world);
/* Joins a thread that may wait for a queue in trouble: if it does, everything is repaired. */
void hardware_join(struct world *world, pthread_t thread);
/* io_put() of something that may unbind a queue, which waits until the queue is clean. */
int hardware_put(struct world *world, const char *text, const char *path);

/* ev_guest.c: what VMMs and guests do */
void ev_guest_start(struct world *world, struct rng *rng);
void ev_guest_stop(struct world *world, struct rng *rng);
void ev_guest_run(struct world *world, struct rng *rng);
void ev_guest_background(struct world *world, struct rng *rng);
void ev_guest_reset(struct world *world, struct rng *rng);
void ev_guest_unmap(struct world *world, struct rng *rng);
void ev_second_open(struct world *world, struct rng *rng);
void ev_remove_open(struct world *world, struct rng *rng);

/* ev_still.c: things that must change nothing, or only so much */
void ev_repeat(struct world *world, struct rng *rng);
void ev_one_step(struct world *world, struct rng *rng);

/* ev_storm.c: events while other threads make trouble */
void ev_storm(struct world *world, struct rng *rng);
/* One event of those that can be predicted in a storm, as an event of its own. */
void event_in_storm(struct world *world, struct rng *rng);

/* The matrix of an mdev is now another one. */
void world_set_matrix(struct world *world, unsigned int mdev, const struct apm_matrix *next);

/* A number as an administrator might write it, of 40 bytes at most. */
void world_number(struct rng *rng, unsigned long id, char *text);

/* Three masks in one of the forms that ap_config takes, 256 bytes at most. */
void world_config_text(struct rng *rng, const struct apm_matrix *matrix, char *text);

/* The name of a dimension in the attributes: adapter, domain, control_domain. */
const char *world_dim_name(enum apm_dim dim);

#endif
