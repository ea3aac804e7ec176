/* SPDX-License-Identifier: GPL-2.0-only */
/* Which process has which matrix open, from /proc into the snapshot. */
#ifndef APM_READ_GUESTS_H
#define APM_READ_GUESTS_H

#include "core/model.h"
#include "host/sysfs.h"

/*
 * Which process has which matrix open, from /proc. Without the
 * permission to inspect other processes it finds none. Once for each snapshot.
 */
void read_guests(struct sysfs *fs, struct snapshot *snap);

#endif
