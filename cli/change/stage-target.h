/* SPDX-License-Identifier: GPL-2.0-only */
/* The files of a target: its definition, and its sidecar with name and owner. */
#ifndef APM_STAGE_TARGET_H
#define APM_STAGE_TARGET_H

#include "change/staged.h"
#include "core/targets.h"
#include "host/sysfs.h"

/* Stages all files that a target changes. 0 or a negative errno value. */
int stage_target(struct sysfs *fs, struct staged *staged,
		 const struct target *target);

#endif
