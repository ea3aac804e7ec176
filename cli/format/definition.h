/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The texts of definitions in mdevctl's format, and of the sidecars with names,
 * owners and comments, which mdevctl would drop. The caller frees a text.
 *
 * Reading tolerates what it does not know and keeps it when it writes.
 */
#ifndef APM_DEFINITION_H
#define APM_DEFINITION_H

#include <jansson.h>

#include "core/targets.h"

#define MDEV_TYPE	"vfio_ap-passthrough"
/* What mdevctl writes to assign an id. */
extern const char *const definition_attrs[APM_DIM_NR];

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

/*
 * Name, owner and comment, which are in a file beside the definition: from text
 * of len bytes into a matrix, false and a complaint if it is none; and back.
 */
bool sidecar_parse(const char *text, size_t len, struct matrix *matrix,
		   struct complaint *complaint);
char *sidecar_format(const struct target *target);

#endif
