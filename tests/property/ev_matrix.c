// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an administrator writes to an mdev: ids, whole matrices, nonsense; and
 * mdevs that come and go.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "events.h"

const char *world_dim_name(enum apm_dim dim)
{
	static const char *const names[APM_DIM_NR] = { "adapter", "domain", "control_domain" };

	return names[dim];
}

static enum apm_dim pick_dim(struct rng *rng)
{
	unsigned int n = rng_below(rng, 10);

	return n < 4 ? APM_DIM_ADAPTER : n < 8 ? APM_DIM_DOMAIN : APM_DIM_CONTROL_DOMAIN;
}

void world_number(struct rng *rng, unsigned long id, char *text)
{
	static const char *const forms[] = { "%lu", "0x%lx", "%#lo", "+%lu", "%lu\n", "0X%lX\n" };

	snprintf(text, 40, forms[rng_below(rng, sizeof(forms) / sizeof(forms[0]))], id);
}

/* Which APQNs a guest may have seen since the last quiescent point. */
static void note_ever(struct world *world, unsigned int mdev)
{
	const struct apm_matrix *assigned = &world->model.mdev[mdev].assigned;
	int nr = world->mdev[mdev].guest;

	if (nr >= 0)
		world_note_apqns(world->guest[nr].ever, assigned);
}

void world_set_matrix(struct world *world, unsigned int mdev, const struct apm_matrix *next)
{
	world->model.mdev[mdev].assigned = *next;
	note_ever(world, mdev);
}

static void write_id(struct world *world, struct rng *rng, bool assign)
{
	unsigned int mdev = rng_below(rng, MODEL_MDEVS);
	enum apm_dim dim = pick_dim(rng);
	unsigned long id = world_pick_id(rng, dim);
	struct apm_matrix next = { 0 };
	char text[40], attr[40];
	int want = -ENOENT, ret;

	world_number(rng, id, text);
	snprintf(attr, sizeof(attr), "%s_%s", assign ? "assign" : "unassign",
		 world_dim_name(dim));
	story_add("mdev %u: %s %lu", mdev, attr, id);

	if (world->model.mdev[mdev].exists)
		want = assign ? model_assign(&world->model, mdev, dim, id, &next) :
				model_unassign(&world->model, mdev, dim, id, &next);
	ret = mdev_write(world->mdev[mdev].uuid, attr, text);
	story_expect(attr, want, ret);
	if (!ret && !want)
		world_set_matrix(world, mdev, &next);
	world->refused += ret < 0;
}

void ev_assign(struct world *world, struct rng *rng)
{
	write_id(world, rng, true);
}

void ev_unassign(struct world *world, struct rng *rng)
{
	write_id(world, rng, false);
}

/* Hexadecimal digits, all 64 or as many as say something, with or without 0x. */
static size_t mask_text(struct rng *rng, const struct apm_mask *mask, char *text)
{
	size_t len = APM_MASK_TEXT_LEN;

	apm_mask_format(mask, text);
	if (rng_chance(rng, 30)) {
		while (len > 3 && text[len - 1] == '0')
			len--;
	}
	text[len] = '\0';
	if (rng_chance(rng, 20)) {
		memmove(text, text + 2, len - 1);
		len -= 2;
	}
	return len;
}

void world_config_text(struct rng *rng, const struct apm_matrix *matrix, char *text)
{
	char separator = rng_chance(rng, 85) ? ',' : '\n';
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		text += mask_text(rng, &matrix->dim[dim], text);
		if (dim == APM_DIM_DOMAIN && apm_mask_empty(apm_matrix_adm(matrix)) &&
		    rng_chance(rng, 50)) {
			/* no control domains: they may be left out */
			*text++ = '\n';
			break;
		}
		if (dim + 1 < APM_DIM_NR)
			*text++ = separator;
		else if (rng_chance(rng, 80))
			*text++ = '\n';
	}
	*text = '\0';
}

static void random_matrix(struct rng *rng, struct apm_matrix *matrix)
{
	unsigned int dim, i, percent = 20 + rng_below(rng, 60);
	unsigned long id;

	memset(matrix, 0, sizeof(*matrix));
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		for (i = 0; i < WORLD_NR_IDS; i++) {
			if (rng_chance(rng, percent))
				apm_mask_set(&matrix->dim[dim], dim == APM_DIM_ADAPTER ?
					    world_adapters[i] : world_domains[i]);
		}
		if (rng_chance(rng, 5)) {
			id = world_pick_id(rng, dim);
			if (id < APM_MATRIX_IDS)
				apm_mask_set(&matrix->dim[dim], (unsigned int)id);
		}
	}
}

void ev_config_of(struct world *world, struct rng *rng, unsigned int mdev)
{
	int want = -ENOENT, ret;
	struct apm_matrix next;
	unsigned int i;
	char text[256];

	random_matrix(rng, &next);
	/* mostly an available one, so that there is something to take away */
	for (i = 0; i < 8 && rng_chance(rng, 75); i++) {
		if (!model_configure(&world->model, mdev, &next) && apm_matrix_apqns(&next))
			break;
		random_matrix(rng, &next);
	}
	world_config_text(rng, &next, text);
	story_add("mdev %u: ap_config %.*s", mdev, (int)strcspn(text, "\n"), text);

	if (world->model.mdev[mdev].exists)
		want = model_configure(&world->model, mdev, &next);
	ret = mdev_write(world->mdev[mdev].uuid, "ap_config", text);
	story_expect("ap_config", want, ret);
	if (!ret && !want)
		world_set_matrix(world, mdev, &next);
	world->refused += ret < 0;
}

void ev_config(struct world *world, struct rng *rng)
{
	ev_config_of(world, rng, rng_below(rng, MODEL_MDEVS));
}

struct bad_text {
	const char *text;
	int want;
};

static const struct bad_text bad_numbers[] = {
	{ " ", -EINVAL }, { "\n", -EINVAL }, { "-1", -EINVAL }, { "two", -EINVAL },
	{ "0x", -EINVAL }, { "5 6", -EINVAL }, { "5,6", -EINVAL }, { "5x", -EINVAL },
	{ "08", -EINVAL }, { "3\n\n", -EINVAL }, { "++3", -EINVAL }, { "3-5", -EINVAL },
	{ " 3", -EINVAL }, { "3.0003", -EINVAL }, { "0b11", -EINVAL },
	{ "0x10000000000000000", -ERANGE }, { "99999999999999999999", -ERANGE },
	{ "256", -ENODEV }, { "0xffffffffffffffff", -ENODEV }, { "4294967296", -ENODEV },
};

static const struct bad_text bad_configs[] = {
	{ "\n", -EINVAL }, { ",,", -EINVAL }, { "0x4,,0x4", -EINVAL }, { "0x4,0x4,", -EINVAL },
	{ "0x4", -EINVAL }, { "0x4,0x4", -EINVAL }, { "0x4,0x4,0x4,0x4", -EINVAL },
	{ "0x4,0x4,0x4 x", -EINVAL }, { "4 4 4", -EINVAL }, { "0xg,0x4,0x4", -EINVAL },
	{ "-0x4,0x4,0x4", -EINVAL }, { "0x4,0x4,0x4\n\n", -EINVAL }, { "+1,+2,+3", -EINVAL },
	{ "0x00000000000000000000000000000000000000000000000000000000000000000,0x0,0x0",
	  -EINVAL },
};

/* shows: I19 */
void ev_bad_text(struct world *world, struct rng *rng)
{
	unsigned int mdev = rng_below(rng, MODEL_MDEVS);
	const struct bad_text *bad;
	char attr[40] = "ap_config";
	int want;

	if (rng_chance(rng, 30)) {
		bad = &bad_configs[rng_below(rng, sizeof(bad_configs) / sizeof(*bad))];
	} else {
		bad = &bad_numbers[rng_below(rng, sizeof(bad_numbers) / sizeof(*bad))];
		snprintf(attr, sizeof(attr), "%s_%s",
			 rng_chance(rng, 50) ? "assign" : "unassign",
			 world_dim_name(pick_dim(rng)));
	}
	want = world->model.mdev[mdev].exists ? bad->want : -ENOENT;
	story_add("mdev %u: %s \"%.*s\"", mdev, attr, (int)strcspn(bad->text, "\n"), bad->text);
	story_expect(attr, want, mdev_write(world->mdev[mdev].uuid, attr, bad->text));
	world->refused++;
}

void ev_create(struct world *world, struct rng *rng)
{
	unsigned int mdev = rng_below(rng, MODEL_MDEVS);
	struct model_mdev *model = &world->model.mdev[mdev];

	story_add("mdev %u: create", mdev);
	story_expect("create", model->exists ? -EEXIST : 0, mdev_create(world->mdev[mdev].uuid));
	if (model->exists)
		return;
	memset(model, 0, sizeof(*model));
	model->exists = true;
}

/* An mdev that a guest has is removed by ev_remove_open(). */
void ev_remove(struct world *world, struct rng *rng)
{
	unsigned int mdev = rng_below(rng, MODEL_MDEVS);
	struct model_mdev *model = &world->model.mdev[mdev];

	if (world->mdev[mdev].guest >= 0) {
		story_add("mdev %u: in use, stays", mdev);
		return;
	}
	story_add("mdev %u: remove", mdev);
	story_expect("remove", model->exists ? 0 : -ENOENT, mdev_remove(world->mdev[mdev].uuid));
	memset(model, 0, sizeof(*model));
}
