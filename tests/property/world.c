// SPDX-License-Identifier: GPL-2.0-only
/*
 * The world's first state, and choices among what it has.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bus.h"
#include "events.h"
#include "io.h"
#include "world.h"

pthread_mutex_t world_naming = PTHREAD_MUTEX_INITIALIZER;

const unsigned int world_adapters[WORLD_NR_IDS] = { 1, 2, 5, 10 };
const unsigned int world_domains[WORLD_NR_IDS] = { 0, 3, 4, 9 };

unsigned long world_pick_id(struct rng *rng, enum apm_dim dim)
{
	unsigned int n = rng_below(rng, 100);

	if (n < 88)
		return dim == APM_DIM_ADAPTER ? world_adapters[n % WORLD_NR_IDS] :
					       world_domains[n % WORLD_NR_IDS];
	if (n < 95)
		return rng_below(rng, MODEL_IDS);
	return rng_below(rng, 2) ? rng_below(rng, 300) : rng_next(rng) >> rng_below(rng, 64);
}

void world_pick_apqn(struct rng *rng, unsigned int *apid, unsigned int *apqi)
{
	*apid = world_adapters[rng_below(rng, WORLD_NR_IDS)];
	*apqi = world_domains[rng_below(rng, WORLD_NR_IDS)];
}

void world_note_apqns(bool set[MODEL_IDS][MODEL_IDS], const struct apm_matrix *matrix)
{
	unsigned int apid, apqi;

	apm_mask_for_each(apid, apm_matrix_apm(matrix)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(matrix)) {
			if (apid < MODEL_IDS && apqi < MODEL_IDS)
				set[apid][apqi] = true;
		}
	}
}

void world_forget_drivers(struct world *world)
{
	world->drivers_known = false;
}

void world_see_drivers(struct world *world)
{
	int ret;

	if (world->drivers_known)
		return;
	ret = bus_drivers(world->view.driver);
	if (ret)
		story_wrong("the AP bus's directories", "readable", lab_vmm_errno_name(ret));
	world->drivers_known = true;
}

void world_end(struct world *world)
{
	unsigned int i;

	for (i = 0; i < WORLD_GUESTS; i++)
		guest_destroy(world, i, false);
	for (i = 0; i < MODEL_MDEVS; i++) {
		if (world->model.mdev[i].exists)
			mdev_remove(world->mdev[i].uuid);
		world->model.mdev[i].exists = false;
	}
}

/* All cards and domains, whichever are there now. */
static int all_hardware(struct world *world)
{
	struct model *model = &world->model;
	unsigned int i;
	int ret = 0;

	for (i = 0; i < WORLD_NR_IDS && !ret; i++) {
		if (!model->card[world_adapters[i]].present)
			ret = hw_control("card add %u mode=%s", world_adapters[i],
					 i & 1 ? "accel" : "cca");
		if (!ret)
			ret = hw_control("domain add %u", world_domains[i]);
		model->card[world_adapters[i]].present = true;
		apm_mask_set(&model->usage, world_domains[i]);
		apm_mask_set(&model->control, world_domains[i]);
	}
	return ret;
}

/* Most of the queues are for guests, one adapter is the host's. */
static int first_masks(struct model *model)
{
	char text[APM_MASK_TEXT_LEN + 1] = "";
	unsigned int i;
	int ret;

	memset(&model->apmask, 0xff, sizeof(model->apmask));
	memset(&model->aqmask, 0xff, sizeof(model->aqmask));
	for (i = 1; i < WORLD_NR_IDS; i++)
		apm_mask_clear(&model->apmask, world_adapters[i]);
	apm_mask_format(&model->aqmask, text);
	ret = io_put(text, BUS "/aqmask");
	apm_mask_format(&model->apmask, text);
	return ret ? ret : io_put(text, BUS "/apmask");
}

int world_reset(struct world *world)
{
	unsigned int i;
	int ret;

	world_end(world);
	for (i = 0; i < MODEL_MDEVS; i++) {
		snprintf(world->mdev[i].uuid, sizeof(world->mdev[i].uuid),
			 "5eed0000-0000-4000-8000-%012u", i);
		world->mdev[i].guest = -1;
	}
	for (i = 0; i < WORLD_GUESTS; i++) {
		memset(&world->guest[i], 0, sizeof(world->guest[i]));
		world->guest[i].mdev = -1;
	}
	ret = all_hardware(world);
	if (ret)
		return ret;
	hardware_heal(world);
	memset(world->well, 0, sizeof(world->well));
	ret = bus_scan();
	if (!ret)
		ret = first_masks(&world->model);
	world->model.limits = (struct apm_limits){ { 11, 11, 11 } };
	world->moving = true;
	world_forget_drivers(world);
	return ret;
}
