// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an SE or HMC does to the machine, and what breaks in it.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "events.h"
#include "io.h"

/* An unbind that lasts longer waits for a queue that only a repair makes clean. */
#define UNBIND_SECONDS	5

static void control(const char *command)
{
	story_add("%s; ", command);
	if (hw_control("%s", command))
		story_wrong("the simulator's control file", "success", command);
}

/*
 * The bus hears of it now, or comes across it at its next scan. Told while it
 * scans, it does no more than end that scan: hence twice.
 */
/* shows: I36 */
static void tell_bus(struct world *world, struct rng *rng)
{
	world->scan_due = true;
	world->moving = true;
	world_forget_drivers(world);
	if (rng_chance(rng, 70)) {
		control("configchange");
		hw_control("configchange");
		world->scan_due = false;
	}
}

static void change_card(struct world *world, struct rng *rng)
{
	unsigned int apid = world_adapters[rng_below(rng, WORLD_NR_IDS)];
	struct model_card *card = &world->model.card[apid];
	char command[60];

	if (card->present) {
		if (rng_chance(rng, 65))
			return;
		snprintf(command, sizeof(command), "card del %u", apid);
		card->present = false;
	} else {
		snprintf(command, sizeof(command), "card add %u type=cex%u mode=%s", apid,
			 4 + rng_below(rng, 5), rng_chance(rng, 50) ? "cca" : "accel");
		card->present = true;
	}
	/* it comes as if it was new */
	card->deconfigured = false;
	card->checkstopped = false;
	control(command);
}

static void change_domain(struct world *world, struct rng *rng, bool control_only)
{
	unsigned int apqi = world_domains[rng_below(rng, WORLD_NR_IDS)];
	struct apm_mask *mask = control_only ? &world->model.control : &world->model.usage;
	bool present = apm_mask_test(mask, apqi);
	char command[40];

	if (present && rng_chance(rng, 65))
		return;
	snprintf(command, sizeof(command), "%s %s %u", control_only ? "control" : "domain",
		 present ? "del" : "add", apqi);
	control(command);
	if (present) {
		apm_mask_clear(&world->model.control, apqi);
		if (!control_only)
			apm_mask_clear(&world->model.usage, apqi);
	} else {
		apm_mask_set(&world->model.control, apqi);
		if (!control_only)
			apm_mask_set(&world->model.usage, apqi);
	}
}

/* shows: I21 */
void ev_host_config(struct world *world, struct rng *rng)
{
	unsigned int nr = 1 + rng_below(rng, 3);

	while (nr--) {
		unsigned int what = rng_below(rng, 10);

		if (what < 4)
			change_card(world, rng);
		else
			change_domain(world, rng, what > 7);
	}
	tell_bus(world, rng);
}

/* A card that was put into another state loses what its queues hold. */
/* shows: I34 */
void ev_card_state(struct world *world, struct rng *rng)
{
	unsigned int apid = world_adapters[rng_below(rng, WORLD_NR_IDS)];
	struct model_card *card = &world->model.card[apid];
	char command[40];

	if (!card->present) {
		story_add("no card %u", apid);
		return;
	}
	if (rng_chance(rng, 50)) {
		card->deconfigured = !card->deconfigured;
		snprintf(command, sizeof(command), "card config %u %s", apid,
			 !card->deconfigured ? "on" : rng_chance(rng, 50) ? "off" : "standby");
	} else {
		card->checkstopped = !card->checkstopped;
		snprintf(command, sizeof(command), "card checkstop %u %s", apid,
			 card->checkstopped ? "on" : "off");
	}
	memset(world->well[apid], 0, sizeof(world->well[apid]));
	control(command);
	tell_bus(world, rng);
}

/*
 * Resets that take long, fail, or do not end. What fails a few times only is
 * no trouble in the model's eyes: it has to come right by itself.
 */
/* shows: I29 */
void ev_queue_trouble(struct world *world, struct rng *rng)
{
	static const unsigned int latency[] = { 0, 0, 300, 1000, 5000, 30000 };
	/* those that waiting might cure, and those that it does not */
	static const unsigned int passing[] = { 0x05, 0x02, 0x0a, 0x35, 0x07, 0x30, 0xff };
	static const unsigned int refused[] = { 0x06, 0x07, 0x30, 0xff };
	unsigned int apid, apqi, what = rng_below(rng, 100);
	struct model_queue *queue;
	char command[80], sel[16];

	world_pick_apqn(rng, &apid, &apqi);
	queue = &world->model.queue[apid][apqi];
	snprintf(sel, sizeof(sel), "%02x.%04x", apid, apqi);
	if (!apm_mask_test(&world->model.usage, apqi) || !world->model.card[apid].present) {
		story_add("no queue %s", sel);
		return;
	}
	if (what < 55) {
		snprintf(command, sizeof(command), "queue reset-latency %s %u", sel,
			 latency[rng_below(rng, sizeof(latency) / sizeof(latency[0]))]);
	} else if (what < 80) {
		if (queue->resetfail) {
			story_add("%s fails for ever already", sel);
			return;
		}
		snprintf(command, sizeof(command), "queue resetfail %s %#x count=%u", sel,
			 passing[rng_below(rng, sizeof(passing) / sizeof(passing[0]))],
			 1 + rng_below(rng, 3));
		queue->weak = true;
	} else if (what < 96) {
		queue->resetfail = true;
		snprintf(command, sizeof(command), "queue resetfail %s %#x", sel,
			 refused[rng_below(rng, sizeof(refused) / sizeof(refused[0]))]);
	} else if (what < 98) {
		queue->busy = true;
		snprintf(command, sizeof(command), "queue busy %s on", sel);
	} else {
		queue->stuck = true;
		snprintf(command, sizeof(command), "queue stuck %s on", sel);
	}
	control(command);
}

/* A queue that has left the configuration keeps its troubles until it is back. */
void hardware_heal(struct world *world)
{
	struct model *model = &world->model;
	unsigned int i, apid, apqi;

	for (apid = 0; apid < MODEL_IDS; apid++) {
		struct model_card *card = &model->card[apid];
		bool trouble = card->checkstopped || card->deconfigured;

		if (!card->present)
			continue;
		hw_control("card checkstop %u off; card config %u on", apid, apid);
		card->checkstopped = false;
		card->deconfigured = false;
		if (apm_mask_empty(&model->usage))
			continue;
		hw_control("queue stuck %02x.* off; queue busy %02x.* off; "
			   "queue resetfail %02x.* 0; queue reset-latency %02x.* 300",
			   apid, apid, apid, apid);
		for (i = 0; i < WORLD_NR_IDS; i++) {
			apqi = world_domains[i];
			if (!apm_mask_test(&model->usage, apqi))
				continue;
			world->well[apid][apqi] &= !trouble && !model->queue[apid][apqi].weak &&
						   model_healthy(model, apid, apqi);
			model->queue[apid][apqi] = (struct model_queue){ 0 };
		}
	}
	world->scan_due = true;
	world->moving = true;
	world_forget_drivers(world);
}

/*
 * The module hands no queue to another driver before it is clean, however long that
 * takes. Nobody else repairs the hardware while an event waits, so the event does it.
 */
void hardware_join(struct world *world, pthread_t thread)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += UNBIND_SECONDS;
	if (!pthread_timedjoin_np(thread, NULL, &until))
		return;
	story_add("; it waits: heal everything");
	hardware_heal(world);
	pthread_join(thread, NULL);
}

struct put {
	const char *text, *path;
	int ret;
};

static void *put_in_thread(void *arg)
{
	struct put *put = arg;

	put->ret = io_write(put->path, put->text, strlen(put->text));
	return NULL;
}

int hardware_put(struct world *world, const char *text, const char *path)
{
	struct put put = { text, path, 0 };
	pthread_t thread;

	if (pthread_create(&thread, NULL, put_in_thread, &put))
		return io_write(path, text, strlen(text));
	hardware_join(world, thread);
	return put.ret;
}

void ev_heal(struct world *world, struct rng *rng)
{
	if (model_sound(&world->model)) {
		story_add("nothing to heal");
		return;
	}
	story_add("heal everything; ");
	hardware_heal(world);
	tell_bus(world, rng);
}
