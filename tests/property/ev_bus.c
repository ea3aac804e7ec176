// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an administrator does to the AP bus: the masks of the host's drivers,
 * bindings of single queues, scans; and the host's own use of its queues.
 */
#include <asm/zcrypt.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "bus.h"
#include "events.h"
#include "io.h"

static void random_mask(struct rng *rng, enum apm_dim dim, const struct apm_mask *now,
			struct apm_mask *next)
{
	const unsigned int *ids = dim == APM_DIM_ADAPTER ? world_adapters : world_domains;
	unsigned int i, percent = rng_chance(rng, 10) ? 90 : 15;

	*next = *now;
	for (i = 0; i < WORLD_NR_IDS; i++) {
		if (rng_chance(rng, percent))
			apm_mask_set(next, ids[i]);
		else
			apm_mask_clear(next, ids[i]);
	}
	if (rng_chance(rng, 10)) {
		i = rng_below(rng, APM_MATRIX_IDS);
		if (apm_mask_test(next, i))
			apm_mask_clear(next, i);
		else
			apm_mask_set(next, i);
	}
}

/* One to three changes, as +N, -N or a range of them. */
static void relative_mask(struct rng *rng, enum apm_dim dim, struct apm_mask *next, char *text)
{
	unsigned int nr = 1 + rng_below(rng, 3);

	while (nr--) {
		unsigned int first = (unsigned int)world_pick_id(rng, dim) % APM_MATRIX_IDS;
		unsigned int last = first;
		bool set = rng_chance(rng, 35);

		if (rng_chance(rng, 20) && last + 2 < APM_MATRIX_IDS)
			last += rng_below(rng, 3);
		text += sprintf(text, "%c%u", set ? '+' : '-', first);
		if (last > first)
			text += sprintf(text, "-%#x", last);
		text += sprintf(text, nr ? "," : "\n");
		for (; first <= last; first++) {
			if (set)
				apm_mask_set(next, first);
			else
				apm_mask_clear(next, first);
		}
	}
}

/* shows: I24 */
void ev_mask(struct world *world, struct rng *rng)
{
	enum apm_dim dim = rng_chance(rng, 50) ? APM_DIM_ADAPTER : APM_DIM_DOMAIN;
	struct apm_mask *now = dim == APM_DIM_ADAPTER ? &world->model.apmask :
						      &world->model.aqmask;
	struct apm_mask next = *now;
	char text[100], path[40];
	int want, ret;

	if (rng_chance(rng, 40)) {
		random_mask(rng, dim, now, &next);
		apm_mask_format(&next, text);
		text[APM_MASK_TEXT_LEN] = '\0';
	} else {
		relative_mask(rng, dim, &next, text);
	}
	story_add("%s %.*s", bus_mask_name(dim), (int)strcspn(text, "\n"), text);
	want = model_mask(&world->model, dim, &next);
	snprintf(path, sizeof(path), BUS "/%s", bus_mask_name(dim));
	ret = hardware_put(world, text, path);
	story_expect("a mask of the bus", want, ret);
	if (!ret)
		*now = next;
	world->refused += ret < 0;
	world_forget_drivers(world);
}

/*
 * While the bus may be making or moving queue devices, nobody can tell what a
 * binding by hand finds there.
 */
void ev_bind(struct world *world, struct rng *rng)
{
	enum model_driver driver = rng_chance(rng, 60) ? MODEL_VFIO_AP : MODEL_HOST;
	bool sure = !world->scan_due && !world->moving;
	unsigned int apid, apqi, how = rng_below(rng, 10);
	enum model_driver now;
	char name[16], path[60];
	int want, ret;

	world_pick_apqn(rng, &apid, &apqi);
	snprintf(name, sizeof(name), "%02x.%04x", apid, apqi);
	world_see_drivers(world);
	now = world->view.driver[apid][apqi];
	if (how < 3) {
		story_add("unbind %s from %s", name, bus_driver_name(driver));
		want = model_unbind(driver, now);
		snprintf(path, sizeof(path), BUS "/drivers/%s/unbind", bus_driver_name(driver));
		ret = hardware_put(world, name, path);
	} else if (how < 6) {
		story_add("bind %s to %s", name, bus_driver_name(driver));
		want = model_bind(&world->model, driver, now, apid, apqi);
		ret = io_put(name, BUS "/drivers/%s/bind", bus_driver_name(driver));
		/* what 5.10's driver core says to a device that has a driver */
		if (want == -EBUSY && ret == -ENODEV)
			want = ret;
	} else {
		story_add("drivers_probe %s", name);
		want = now == MODEL_NO_DEVICE ? -ENODEV : 0;
		ret = io_put(name, BUS "/drivers_probe");
	}
	story_expect("a binding by hand", sure ? want : ret, ret);
	world_forget_drivers(world);
}

/* Every queue without a driver gets the one that the masks want for it. */
void ev_probe_all(struct world *world, struct rng *rng)
{
	unsigned int i, j;
	char name[16];

	(void)rng;
	story_add("drivers_probe all");
	world_see_drivers(world);
	for (i = 0; i < WORLD_NR_IDS; i++) {
		for (j = 0; j < WORLD_NR_IDS; j++) {
			if (world->view.driver[world_adapters[i]][world_domains[j]] !=
			    MODEL_UNBOUND)
				continue;
			snprintf(name, sizeof(name), "%02x.%04x", world_adapters[i],
				 world_domains[j]);
			io_put(name, BUS "/drivers_probe");
		}
	}
	world_forget_drivers(world);
}

void ev_scan(struct world *world, struct rng *rng)
{
	(void)rng;
	story_add("scan");
	story_expect("scan", 0, bus_scan());
	world->scan_due = false;
	world_forget_drivers(world);
}

/* 2 ^ 3 mod a number of 512 bits, by whatever card of the host takes it. */
void ev_traffic(struct world *world, struct rng *rng)
{
	unsigned char in[64] = { [63] = 2 }, out[64] = { 0 }, e[64] = { [63] = 3 };
	unsigned char n[64] = { [0] = 0xc1, [63] = 0x0d };
	unsigned char good[64] = { [63] = 8 };
	struct ica_rsa_modexpo mex = {
		.inputdata = in, .inputdatalength = sizeof(in),
		.outputdata = out, .outputdatalength = sizeof(out),
		.b_key = e, .n_modulus = n,
	};
	unsigned int nr = 1 + rng_below(rng, 4);
	int fd, ret = 0;

	story_add("host: %u times RSA", nr);
	/* zcrypt waits long for a queue that does not answer */
	if (world->scan_due || model_hangs(&world->model)) {
		story_add(", not now");
		return;
	}
	fd = open("/dev/z90crypt", O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		story_wrong("/dev/z90crypt", "success", lab_vmm_errno_name(-errno));
		return;
	}
	while (nr-- && !ret) {
		memset(out, 0, sizeof(out));
		ret = ioctl(fd, ICARSAMODEXPO, &mex) ? -errno : 0;
		if (!ret && memcmp(out, good, sizeof(out)))
			story_wrong("2 ^ 3 by a card", "8", "something else");
	}
	close(fd);
	story_add(" = %s", ret ? lab_vmm_errno_name(ret) : "success");
	/* without a queue of its own the host cannot; nothing else is an excuse */
	if (ret && ret != -ENODEV)
		story_wrong("RSA on the host", "success or ENODEV", lab_vmm_errno_name(ret));
	world->transfers_host += !ret;
	world_forget_drivers(world);
}
