/* SPDX-License-Identifier: GPL-2.0-only */
/* From the definitions and sidecars on disk into the snapshot. */
#ifndef APM_READ_DEFINITIONS_H
#define APM_READ_DEFINITIONS_H

#include "core/model.h"
#include "core/problem.h"
#include "host/sysfs.h"

/* All definitions and names. Broken files become warnings. */
void read_definitions(struct sysfs *fs, struct snapshot *snap,
		      struct problems *warnings);

#endif
