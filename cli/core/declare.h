/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure room: from what a plan file wants and what the host is to targets.
 * Whatever is so already is no target, so that applying twice changes nothing.
 */
#ifndef APM_DECLARE_H
#define APM_DECLARE_H

#include "core/plan.h"
#include "core/problem.h"
#include "core/wanted.h"

struct declare_rules {
	bool prune;		/* take away what the file does not name */
	const char *owner;	/* NULL, or whose matrices may be taken away, too */
	bool any_owner;		/* everybody's */
	bool partial;		/* what makes no sense here is left out */
};

/*
 * false after an error, but with partial true and the errors. With a pool in
 * the file it needs all queues and the overrides in the snapshot. What is not
 * taken away for its owner is told.
 */
bool declare(const struct snapshot *snap, const struct plan_file *file,
	     const struct declare_rules *rules, const char *verb,
	     struct targets *targets, struct problems *errors,
	     struct problems *warnings);

/*
 * What identifies a plan: the same targets on a host in the same state have
 * the same uuid. id has room for UUID_LEN + 1.
 */
void declare_id(const struct snapshot *snap, const struct targets *targets,
		char *id);

/* The uuid that a name stands for where none is given; the same everywhere. */
void uuid_of_name(const char *name, char *uuid);

#endif
