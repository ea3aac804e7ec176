// SPDX-License-Identifier: GPL-2.0-only
/*
 * Uevents of guest matrices. See uevent.h.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "io.h"
#include "story.h"
#include "text.h"
#include "uevent.h"

#define GROUP_KERNEL	1
#define BUFFER		(16 << 20)

/* An unbound queue that stays so for this long was not meant to be bound again. */
#define REBIND_US	1000000UL

static int sock = -1;
static bool lost;

/* What the bus told of a queue device. */
struct binding {
	bool fresh;			/* has not lost a driver since it was created */
	bool rebind;			/* came to the module so: will be bound again */
	unsigned long unbound;		/* when that began, or 0 */
};

static struct binding bindings[MODEL_IDS][MODEL_IDS];

int uevent_open(void)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_groups = GROUP_KERNEL };
	int size = BUFFER;

	sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
		      NETLINK_KOBJECT_UEVENT);
	if (sock < 0)
		return -errno;
	if (setsockopt(sock, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    bind(sock, (struct sockaddr *)&addr, sizeof(addr)))
		return -errno;
	return 0;
}

/* The value of KEY= in a message of strings, or NULL. */
static const char *value(const char *message, size_t len, const char *key)
{
	const char *at = message, *end = message + len;
	size_t key_len = strlen(key);

	for (; at < end; at += strlen(at) + 1) {
		if (!strncmp(at, key, key_len))
			return at + key_len;
	}
	return NULL;
}

static struct world_mdev *find_mdev(struct world *world, const char *path)
{
	const char *name = path ? strrchr(path, '/') : NULL;
	unsigned int i;

	for (i = 0; name && i < MODEL_MDEVS; i++) {
		if (!strcmp(name + 1, world->mdev[i].uuid))
			return &world->mdev[i];
	}
	return NULL;
}

static void note_binding(const char *path, const char *action, const char *driver)
{
	const char *name = strrchr(path, '/') + 1;
	unsigned int apid, apqi;
	struct binding *binding;

	if (text_parse_apqn(name, strlen(name), &apid, &apqi) || apid >= MODEL_IDS ||
	    apqi >= MODEL_IDS)
		return;
	binding = &bindings[apid][apqi];
	if (!strcmp(action, "add")) {
		*binding = (struct binding){ .fresh = true };
	} else if (!strcmp(action, "bind")) {
		binding->unbound = 0;
		binding->rebind = binding->fresh && driver && !strcmp(driver, "vfio_ap");
	} else if (!strcmp(action, "unbind")) {
		binding->unbound = binding->rebind ? io_now() : 0;
		binding->fresh = binding->rebind = false;
	} else if (!strcmp(action, "remove")) {
		*binding = (struct binding){ 0 };
	}
}

/* shows: I35 */
static void note(struct world *world, const char *message, size_t len)
{
	const char *path = value(message, len, "DEVPATH=");
	struct world_mdev *mdev = find_mdev(world, path);
	const char *text = value(message, len, "AP_GUEST_MATRIX=");
	const char *action = value(message, len, "ACTION=");
	struct apm_matrix told;

	if (!path || !action)
		return;
	if (!strncmp(path, "/devices/ap/card", strlen("/devices/ap/card")))
		note_binding(path, action, value(message, len, "DRIVER="));
	if (!mdev)
		return;
	if (!strcmp(action, "add") || !strcmp(action, "remove")) {
		memset(&mdev->told, 0, sizeof(mdev->told));
		return;
	}
	if (!text)
		return;
	if (text_parse_config(text, &told)) {
		story_wrong("AP_GUEST_MATRIX of a uevent", "three masks", text);
		return;
	}
	if (apm_matrix_equal(&told, &mdev->told) && !lost)
		story_wrong("a uevent of a guest matrix", "news", text);
	mdev->told = told;
	world->uevents++;
}

static void drain(struct world *world)
{
	char message[8192];
	ssize_t len;

	for (;;) {
		len = recv(sock, message, sizeof(message) - 1, 0);
		if (len < 0 && errno == ENOBUFS) {
			lost = true;
			memset(bindings, 0, sizeof(bindings));
			continue;
		}
		if (len <= 0)
			return;
		message[len] = '\0';
		note(world, message, (size_t)len);
	}
}

bool uevent_at_rest(struct world *world)
{
	unsigned int i, j;

	drain(world);
	if (!world->has.ours || lost)
		return true;
	for (i = 0; i < MODEL_IDS; i++) {
		for (j = 0; j < MODEL_IDS; j++) {
			const struct binding *binding = &bindings[i][j];

			if (binding->rebind ||
			    (binding->unbound && io_now() < binding->unbound + REBIND_US))
				return false;
		}
	}
	return true;
}

void uevent_wait(struct world *world, unsigned int ms)
{
	struct pollfd fd = { .fd = sock, .events = POLLIN };

	drain(world);
	poll(&fd, 1, (int)ms);
}

bool uevent_tells(const struct world *world, unsigned int mdev, const struct apm_matrix *guest)
{
	return !world->has.uevents || lost || apm_matrix_equal(&world->mdev[mdev].told, guest);
}

/* shows: I17 I35 */
void uevent_check(struct world *world, const struct apm_matrix guest[MODEL_MDEVS])
{
	char want[TEXT_CONFIG_SIZE], got[TEXT_CONFIG_SIZE], what[60];
	unsigned int i;

	drain(world);
	for (i = 0; i < MODEL_MDEVS; i++) {
		if (lost)
			world->mdev[i].told = guest[i];
		if (!world->model.mdev[i].exists || uevent_tells(world, i, &guest[i]))
			continue;
		text_config(&guest[i], want);
		text_config(&world->mdev[i].told, got);
		snprintf(what, sizeof(what), "the last uevent of mdev %u", i);
		story_wrong(what, want, got);
	}
	lost = false;
}

void uevent_forget(struct world *world)
{
	unsigned int i;

	drain(world);
	for (i = 0; i < MODEL_MDEVS; i++)
		memset(&world->mdev[i].told, 0, sizeof(world->mdev[i].told));
	lost = false;
}
