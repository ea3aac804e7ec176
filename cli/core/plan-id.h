/* SPDX-License-Identifier: GPL-2.0-only */
/* UUIDs that follow from a content: of a plan, and of a matrix that has only a name. */
#ifndef APM_PLAN_ID_H
#define APM_PLAN_ID_H

#include "core/targets.h"

/*
 * The ID of a plan: the same targets on a host in the same state have the
 * same ID. id has room for UUID_LEN + 1.
 */
void declare_id(const struct snapshot *snap, const struct targets *targets,
		char *id);

/* The UUID that is made from a name; the same on every host. */
void uuid_of_name(const char *name, char *uuid);

#endif
