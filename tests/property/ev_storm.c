// SPDX-License-Identifier: GPL-2.0-only
/*
 * Storms: while some events happen as usual, other threads bind and unbind
 * queues, take cards away and give them back, and open and close mdevs with VMs
 * of their own. What they do has no effect on what may be assigned, so that the
 * model still predicts every errno; what they leave behind is looked at when
 * they are over. When exactly what happens is not in the seed.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "bus.h"
#include "events.h"
#include "io.h"

struct storm {
	pthread_t thread;
	struct rng rng;
	const struct world *world;
	bool *over;
};

static bool goes_on(const struct storm *storm)
{
	return !__atomic_load_n(storm->over, __ATOMIC_SEQ_CST);
}

/* Bindings by hand, and scans; whatever the answers are. */
static void *storm_bus(void *arg)
{
	struct storm *storm = arg;
	unsigned int apid, apqi, how;
	char name[16];

	while (goes_on(storm)) {
		world_pick_apqn(&storm->rng, &apid, &apqi);
		snprintf(name, sizeof(name), "%02x.%04x", apid, apqi);
		how = rng_below(&storm->rng, 20);
		if (how < 7)
			io_put(name, BUS "/drivers/vfio_ap/unbind");
		else if (how < 12)
			io_put(name, BUS "/drivers/vfio_ap/bind");
		else if (how < 19)
			io_put(name, BUS "/drivers_probe");
		else
			io_put("1", BUS "/scans");
	}
	return NULL;
}

/* A card that goes and comes back. At the end it is as the model has it. */
static void *storm_cards(void *arg)
{
	struct storm *storm = arg;
	unsigned int apid = world_adapters[rng_below(&storm->rng, WORLD_NR_IDS)];
	const struct model_card *card = &storm->world->model.card[apid];

	if (!card->present || card->deconfigured || card->checkstopped)
		return NULL;
	while (goes_on(storm)) {
		hw_control("card del %u; configchange", apid);
		if (rng_chance(&storm->rng, 50))
			io_put("1", BUS "/scans");
		hw_control("card add %u; configchange", apid);
	}
	return NULL;
}

static void use_queues(struct storm *storm, struct lab_vm *vm)
{
	struct lab_script *script = lab_script_new();
	unsigned int i, apid, apqi;

	for (i = 0; i < 6; i++) {
		world_pick_apqn(&storm->rng, &apid, &apqi);
		if (rng_chance(&storm->rng, 50))
			lab_step_nqap(lab_script_add(script), apid << 8 | apqi, i,
				      LAB_VMM_REQUEST, 64);
		else
			lab_step_aqic(lab_script_add(script), apid << 8 | apqi, true, i & 7,
				      LAB_VMM_NIB + i);
	}
	pthread_mutex_lock(&world_naming);
	__lab_vmm_run(vm, 0, script);
	pthread_mutex_unlock(&world_naming);
	lab_script_free(script);
}

/* A VM that opens any mdev it can get, uses what it has, and lets go of it. */
static void *storm_guest(void *arg)
{
	struct lab_vm_config config = { .memory = 1UL << 20 };
	struct storm *storm = arg;
	struct lab_device *dev;
	struct lab_vm *vm;
	unsigned int mdev;

	while (goes_on(storm)) {
		if (__lab_vmm_create(&config, &vm))
			break;
		do {
			mdev = rng_below(&storm->rng, MODEL_MDEVS);
			if (__lab_vmm_attach(vm, storm->world->mdev[mdev].uuid,
					     guest_attach_flags(), 0, &dev))
				continue;
			use_queues(storm, vm);
			if (rng_chance(&storm->rng, 20))
				__lab_vmm_reset(lab_vmm_device_fd(dev));
			lab_vmm_detach(dev);
		} while (goes_on(storm) && rng_chance(&storm->rng, 70));
		lab_vmm_destroy(vm);
	}
	return NULL;
}

/* shows: I33 R-05 */
/* shows: R-05t (lab/run --debug) */
void ev_storm(struct world *world, struct rng *rng)
{
	static const struct {
		const char *name;
		void *(*run)(void *arg);
	} kinds[] = {
		{ "bindings", storm_bus }, { "cards", storm_cards }, { "guests", storm_guest },
	};
	struct storm storms[3];
	unsigned int i, nr = 0, events = 8 + rng_below(rng, 16);
	bool over = false;

	story_add("storm:");
	world->moving = world->in_storm = true;
	for (i = 0; i < 3; i++) {
		if (rng_chance(rng, 35))
			continue;
		story_add(" %s", kinds[i].name);
		storms[nr] = (struct storm){ .world = world, .over = &over };
		rng_init(&storms[nr].rng, rng_next(rng), i);
		world->storm_opens |= kinds[i].run == storm_guest;
		if (!pthread_create(&storms[nr].thread, NULL, kinds[i].run, &storms[nr]))
			nr++;
	}
	for (i = 0; i < events && !story_failed(); i++)
		event_in_storm(world, rng);
	__atomic_store_n(&over, true, __ATOMIC_SEQ_CST);
	for (i = 0; i < nr; i++)
		hardware_join(world, storms[i].thread);
	world->in_storm = world->storm_opens = false;
	world->storms++;
	/* the bus may have been scanning when the last card changed, and have missed it */
	world->scan_due = true;
	world_forget_drivers(world);
	if (!story_failed())
		check_world(world);
}
