/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: one uevent of the kernel.
 *
 * A message is a headline (action@path) and a run of KEY=value strings, each
 * with a NUL at its end. Messages of other senders (udev's begin with another headline) are
 * recognised by their form only; the receiver has to check the sender.
 */
#ifndef APM_UEVENT_H
#define APM_UEVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "apm/apm.h"
#include "lib/parse.h"

enum uevent_kind {
	UEVENT_OTHER,		/* not about AP */
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
	bool has_guest;		/* guest is the new guest matrix */
	struct apm_matrix guest;
};

/* Returns false if it is not a kernel message; text need not end with a NUL. */
bool uevent_parse(const char *text, size_t len, struct uevent *event);

#endif
