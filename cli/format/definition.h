/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is on disk: mdevctl's definitions in mdevctl's format and place, and
 * beside them names, owners and comments, which mdevctl would throw away.
 *
 * Reading tolerates what it does not know and keeps it when it writes.
 */
#ifndef APM_DEFINITION_H
#define APM_DEFINITION_H

#include <jansson.h>

#include "change/staged.h"
#include "core/model.h"
#include "core/plan.h"
#include "core/problem.h"
#include "host/sysfs.h"

#define MDEV_TYPE	"vfio_ap-passthrough"
/* What mdevctl writes to assign an id. */
extern const char *const definition_attrs[APM_DIM_NR];

/* All definitions and names. Broken files become warnings. */
void read_definitions(struct sysfs *fs, struct snapshot *snap,
		      struct problems *warnings);

/*
 * One definition from text (of len bytes, not NUL-terminated). false and a
 * complaint with line and column if it is not one.
 */
bool definition_parse(const char *text, size_t len, struct matrix *matrix,
		      struct complaint *complaint);
/* The same from JSON that is read already, without a place. */
bool definition_take(const json_t *json, struct matrix *matrix,
		     struct complaint *complaint);
/* The text of a definition; old may be the present text or NULL. */
char *definition_format(const struct target *target, const char *old);

/* Everything that a target wants of the disk. 0 or a negative errno value. */
int stage_target(struct sysfs *fs, struct staged *staged,
		 const struct target *target);

#endif
