/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: from a plan file and the snapshot to targets. What already matches is no
 * target, so applying a file twice changes nothing.
 */
#ifndef APM_DECLARE_H
#define APM_DECLARE_H

#include "core/wanted.h"

struct declare_rules {
	bool prune;		/* remove what the file does not name */
	const char *owner;	/* NULL, or the owner whose matrices may be removed */
	bool any_owner;		/* remove matrices of every owner */
	bool partial;		/* leave out what is not possible here */
};

/* What the file does not name, so that only prune changes it. */
struct declare_left {
	struct names matrices;	/* names or UUIDs */
	bool foreign;		/* some of them not of rules->owner */
	struct apm_mask adapters;	/* that guests can have by the masks */
	struct apm_mask domains;
	size_t overrides;	/* queues with a driver override */
};

/* Fills left, for declare_left_free(). Needs what declare() needs. */
void declare_find_left(const struct snapshot *snap, const struct plan_file *file,
		       const struct declare_rules *rules, struct declare_left *left);
void declare_left_free(struct declare_left *left);

/*
 * Returns false after an error, or with partial true and the errors. If the file
 * has a pool, the snapshot needs all queues and the overrides. Matrices that are
 * kept because of their owner become warnings.
 */
bool declare(const struct snapshot *snap, const struct plan_file *file,
	     const struct declare_rules *rules, const char *verb,
	     struct targets *targets, struct problems *errors,
	     struct problems *warnings);

#endif
