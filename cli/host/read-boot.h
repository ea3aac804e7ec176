/* SPDX-License-Identifier: GPL-2.0-only */
/* What happens at the next boot: the masks of the udev rule, and who starts matrices. */
#ifndef APM_READ_BOOT_H
#define APM_READ_BOOT_H

#include "core/model.h"
#include "host/sysfs.h"

/* Into snap->boot; once. */
void read_boot(struct sysfs *fs, struct snapshot *snap);

#endif
