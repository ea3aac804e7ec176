/* SPDX-License-Identifier: GPL-2.0-only */
/* Bus and module, from sysfs into the snapshot. */
#ifndef APM_READ_HOST_H
#define APM_READ_HOST_H

#include "core/model.h"
#include "host/sysfs.h"

/* The bus, its masks and limits, the module's features. */
void read_host(struct sysfs *fs, struct snapshot *snap);

/* What vfio_ap has counted; false if it does not report that. */
bool read_resets(struct sysfs *fs, const struct snapshot *snap,
		 struct reset_counts *counts);

#endif
