// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes that must change nothing, and one that must change no more than it
 * says: each between two quiescent points, so that nothing else is under way.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "events.h"

/* A random existing mdev, or -1. */
static int pick_mdev(struct world *world, struct rng *rng, bool open)
{
	unsigned int from = rng_below(rng, MODEL_MDEVS), i, mdev;

	for (i = 0; i < MODEL_MDEVS; i++) {
		mdev = (from + i) % MODEL_MDEVS;
		if (world->model.mdev[mdev].exists && (!open || world->mdev[mdev].guest >= 0))
			return (int)mdev;
	}
	return -1;
}

static void stop_backgrounds(struct world *world)
{
	unsigned int i;

	for (i = 0; i < WORLD_GUESTS; i++)
		guest_stop_background(&world->guest[i]);
}

/* All that a write which changes nothing must not change. */
struct still {
	unsigned long pushes[WORLD_GUESTS];
	long zapqs;
	char guest_matrix[4096], config[256];
};

static void look(struct world *world, unsigned int mdev, struct still *still)
{
	unsigned int i;

	memset(still, 0, sizeof(*still));
	for (i = 0; i < WORLD_GUESTS; i++) {
		if (!world->guest[i].vm)
			continue;
		guest_follow(world, &world->guest[i]);
		still->pushes[i] = world->guest[i].crycb.pushes;
	}
	/* a queue in trouble is tried again at any time, also if it is nobody's */
	if (model_sound(&world->model))
		still->zapqs = hw_zeroized(&world->model.mdev[mdev].assigned);
	mdev_read(world->mdev[mdev].uuid, "guest_matrix", still->guest_matrix,
		  sizeof(still->guest_matrix));
	mdev_read(world->mdev[mdev].uuid, "ap_config", still->config, sizeof(still->config));
}

static void compare(const struct still *before, const struct still *after)
{
	unsigned int i;

	for (i = 0; i < WORLD_GUESTS; i++) {
		if (before->pushes[i] != after->pushes[i])
			story_wrong("a write that changes nothing", "no update of a guest's masks",
				    "an update");
	}
	if (before->zapqs != after->zapqs)
		story_wrong("a write that changes nothing", "no reset", "a reset");
	if (strcmp(before->guest_matrix, after->guest_matrix))
		story_wrong("guest_matrix after a write that changes nothing",
			    before->guest_matrix, after->guest_matrix);
	if (strcmp(before->config, after->config))
		story_wrong("ap_config after a write that changes nothing", before->config,
			    after->config);
}

/* Assign what is assigned, unassign what is not, and fail. */
static void write_same_ids(struct world *world, struct rng *rng, unsigned int mdev)
{
	const struct apm_matrix *assigned = &world->model.mdev[mdev].assigned;
	char attr[40], text[40];
	struct apm_matrix next;
	unsigned int dim, nr;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		for (nr = 0; nr < 2; nr++) {
			unsigned long id = world_pick_id(rng, dim);
			bool have = id < APM_MATRIX_IDS &&
				    apm_mask_test(&assigned->dim[dim], (unsigned int)id);
			int want = have ? model_assign(&world->model, mdev, dim, id, &next) :
					  model_unassign(&world->model, mdev, dim, id, &next);

			snprintf(attr, sizeof(attr), "%s_%s", have ? "assign" : "unassign",
				 world_dim_name(dim));
			world_number(rng, id, text);
			story_add(", %s %lu", attr, id);
			story_expect(attr, want,
				     mdev_write(world->mdev[mdev].uuid, attr, text));
		}
	}
}

/* Writes that the model says are refused: an id that is reserved, or another's. */
static void write_refused_ids(struct world *world, unsigned int mdev)
{
	char attr[40], text[40];
	struct apm_matrix next;
	unsigned int dim, i;

	for (dim = 0; dim < APM_DIM_CONTROL_DOMAIN; dim++) {
		for (i = 0; i < WORLD_NR_IDS; i++) {
			unsigned int id = dim == APM_DIM_ADAPTER ? world_adapters[i] :
								  world_domains[i];
			int want = model_assign(&world->model, mdev, dim, id, &next);

			if (!want)
				continue;
			snprintf(attr, sizeof(attr), "assign_%s", world_dim_name(dim));
			snprintf(text, sizeof(text), "%u", id);
			story_add(", %s %u", attr, id);
			story_expect(attr, want,
				     mdev_write(world->mdev[mdev].uuid, attr, text));
		}
	}
}

/* shows: I17 I18 I19 */
void ev_repeat(struct world *world, struct rng *rng)
{
	int mdev = pick_mdev(world, rng, false);
	struct still before, after;

	if (mdev < 0) {
		story_add("no mdev to leave alone");
		return;
	}
	story_add("mdev %d: changes nothing: ap_config as it is", mdev);
	stop_backgrounds(world);
	if (!check_world(world))
		return;
	look(world, (unsigned int)mdev, &before);
	story_expect("ap_config", 0,
		     mdev_write(world->mdev[mdev].uuid, "ap_config", before.config));
	write_same_ids(world, rng, (unsigned int)mdev);
	write_refused_ids(world, (unsigned int)mdev);
	look(world, (unsigned int)mdev, &after);
	compare(&before, &after);
}

static bool in_union(const struct apm_matrix *masks, const struct apm_matrix *a,
		     const struct apm_matrix *b)
{
	struct apm_mask controls;
	unsigned int apid, apqi;

	apm_mask_for_each(apid, apm_matrix_apm(masks)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(masks)) {
			if (!apm_matrix_has(a, apid, apqi) && !apm_matrix_has(b, apid, apqi))
				return false;
		}
	}
	apm_mask_or(&controls, apm_matrix_adm(a), apm_matrix_adm(b));
	return apm_mask_subset(apm_matrix_adm(masks), &controls);
}

/* One that comes out of quarantine would come for itself. */
static bool all_well(const struct world *world, const struct apm_matrix *matrix)
{
	unsigned int i, j;

	for (i = 0; i < WORLD_NR_IDS; i++) {
		for (j = 0; j < WORLD_NR_IDS; j++) {
			unsigned int apid = world_adapters[i], apqi = world_domains[j];

			if (!world->well[apid][apqi] && apm_matrix_has(matrix, apid, apqi))
				return false;
		}
	}
	return true;
}

static void describe_recent(const struct world_guest *guest, char *text, size_t size)
{
	size_t len = (size_t)snprintf(text, size, "%u:", guest->nr_recent);
	unsigned int i;

	for (i = 0; i < guest->nr_recent && i < WORLD_RECENT &&
	     size - len > APM_MATRIX_CONFIG_LEN + 2; i++) {
		text[len++] = ' ';
		len += apm_matrix_read_config(&guest->recent[i], text + len, size - len - 1, 0) - 1;
		text[len] = '\0';
	}
}

/*
 * A whole new matrix for a guest that runs: if all of its queues are well, its
 * masks change once; and nothing is ever in them that is neither in the old nor
 * in the new.
 */
/* shows: I20 */
void ev_one_step(struct world *world, struct rng *rng)
{
	int mdev = pick_mdev(world, rng, true);
	char updates[WORLD_RECENT * (APM_MATRIX_CONFIG_LEN + 2)];
	struct world_guest *guest;
	struct apm_matrix old;
	unsigned int i;
	bool certain;

	if (mdev < 0) {
		story_add("no guest to change in one step");
		return;
	}
	stop_backgrounds(world);
	if (!check_world(world))
		return;
	guest = &world->guest[world->mdev[mdev].guest];
	old = guest->crycb.now;
	guest->nr_recent = 0;
	story_add("in one step: ");
	ev_config_of(world, rng, (unsigned int)mdev);
	certain = model_sound(&world->model) &&
		  all_well(world, &world->model.mdev[mdev].assigned);
	if (story_failed() || !check_world(world))
		return;
	if (guest->nr_recent > 1 && certain) {
		describe_recent(guest, updates, sizeof(updates));
		story_wrong("updates of a guest's masks by one ap_config",
			    "one at most", updates);
	}
	world->one_steps += guest->nr_recent == 1 && certain;
	for (i = 0; i < guest->nr_recent && i < WORLD_RECENT; i++) {
		if (!in_union(&guest->recent[i], &old, &guest->crycb.now))
			story_wrong("masks between the old and the new ones",
				    "a part of both together", "something else");
	}
}
