/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: one message of the kernel's about one of its devices.
 *
 * A message is a headline (action@path) and a run of KEY=value strings, each
 * with a NUL at its end. What comes from elsewhere (udev's own messages begin
 * with another headline) is told apart by its form alone; who sent it has to
 * be looked at by whoever received it.
 */
#ifndef APM_UEVENT_H
#define APM_UEVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "apm/apm.h"
#include "lib/parse.h"

enum uevent_kind {
	UEVENT_OTHER,		/* nothing of ours */
	UEVENT_BUS,		/* the AP bus itself: scans, bindings, masks */
	UEVENT_CARD,		/* apid */
	UEVENT_QUEUE,		/* apid and apqi */
	UEVENT_MATRIX,		/* uuid */
	UEVENT_MODULE,		/* the matrix device, its driver or vfio_ap */
};

struct uevent {
	enum uevent_kind kind;
	char action[16];	/* add, remove, change, bind, unbind, ... */
	unsigned int apid;
	unsigned int apqi;
	char uuid[UUID_LEN + 1];
	bool has_guest;		/* guest is what the kernel says it is now */
	struct apm_matrix guest;
};

/* false if it is no message of the kernel's; text need not end with a NUL. */
bool uevent_parse(const char *text, size_t len, struct uevent *event);

#endif
