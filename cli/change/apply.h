/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The only file that changes the machine. It runs the steps of a plan, reads
 * back after each write and compares, and undoes everything when a step fails
 * or the user interrupts.
 *
 * Guarantees: on return all steps were done, or none is in effect (rolled_back), or
 * rollback_failed says that the machine is in between.
 */
#ifndef APM_APPLY_H
#define APM_APPLY_H

#include "core/plan.h"
#include "host/sysfs.h"

struct applied {
	size_t steps;		/* that were done (and not undone) */
	bool rolled_back;
	bool rollback_failed;
};

/* Is a signal pending? Signals are blocked during a change. */
typedef bool (*apply_interrupted_fn)(void *ctx);

struct applier {
	struct sysfs *fs;
	const struct snapshot *snap;	/* before the change */
	const struct targets *targets;	/* for names in messages */
	const char *verb;		/* begins messages */
	apply_interrupted_fn interrupted;	/* may be NULL */
	void *ctx;
	struct problems *errors;
	struct applied applied;
};

/* Runs all steps; false if one failed, then everything was undone. */
bool apply_plan(struct applier *applier, const struct plan *plan);
/* Undoes a plan that was applied, after a later failure. */
bool apply_undo(struct applier *applier, const struct plan *plan);

#endif
