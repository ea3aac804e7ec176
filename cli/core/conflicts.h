/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: conflicts between active matrices, definitions and the host's plan, found
 * before anything is started.
 */
#ifndef APM_CONFLICTS_H
#define APM_CONFLICTS_H

#include "core/wanted.h"

enum conflict {
	CONFLICT_NAMES,
	CONFLICT_BOTH_AUTO,
	CONFLICT_EXCLUDE,
	CONFLICT_TAKEN,
	CONFLICT_RESERVED,
	CONFLICT_RESERVED_AT_BOOT,
	CONFLICT_LIMITS,
	CONFLICT_DRIFT,
	CONFLICT_UNLIKE,
	CONFLICT_UNREADABLE,
	CONFLICT_PLAN,
	CONFLICT_PLAN_EXCLUDES,
	CONFLICT_PLAN_DIFFERS,
	CONFLICT_PLAN_POOL,
	/* of target-check.h */
	CONFLICT_TARGET_MODULE,
	CONFLICT_TARGET_LACKS,
	CONFLICT_TARGET_STATE,
	CONFLICT_TARGET_CARD,
	CONFLICT_TARGET_RESERVED,
	CONFLICT_TARGET_UNKNOWN,
	CONFLICT_NR
};

/* What check finds, in the order of enum conflict. */
extern const struct help_term conflict_terms[];

/* What to compare, and for which matrices. */
struct conflict_scope {
	const struct snapshot *snap;
	const struct pool_rule *rule;	/* the masks at the next boot, or NULL */
	const struct wanted_pool *pool;	/* of the host's plan, or NULL */
	/* selects the matrices whose conflicts are reported */
	bool (*wanted)(void *ctx, const char *uuid);
	void *ctx;
};

/* Between active matrices and definitions; each pair once. */
void conflicts_find(const struct conflict_scope *scope,
		    struct problems *findings);
/*
 * Conflicts of the host's plan: targets come from declare(), errors and warnings
 * from declare() and plan_check().
 */
void conflicts_find_plan(const struct conflict_scope *scope,
			 const struct targets *targets,
			 const struct problems *errors,
			 const struct problems *warnings,
			 struct problems *findings);
/* Does a finding say that something differs, though everything works? */
bool conflict_is_drift(const struct problem *finding);
/*
 * A file that cannot be read or is not valid may hide a conflict. uuid is that
 * of its matrix, or NULL.
 */
void conflict_unreadable(struct problems *findings, const char *message,
			 const char *uuid);

#endif
