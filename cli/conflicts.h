/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure room: what gets in each other's way among everything that is active and
 * everything that is defined, before anything of it is started.
 */
#ifndef APM_CONFLICTS_H
#define APM_CONFLICTS_H

#include "command.h"
#include "model.h"
#include "pool-rule.h"
#include "problem.h"

enum conflict {
	CONFLICT_NAMES,
	CONFLICT_BOTH_AUTO,
	CONFLICT_EXCLUDE,
	CONFLICT_TAKEN,
	CONFLICT_RESERVED,
	CONFLICT_RESERVED_AT_BOOT,
	CONFLICT_LIMITS,
	CONFLICT_UNREADABLE,
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

/*
 * rule: the masks at the next boot, or NULL if no rule sets any. Reported is
 * what concerns a matrix for which wanted() holds, each pair once.
 */
void conflicts_find(const struct snapshot *snap, const struct pool_rule *rule,
		    bool (*wanted)(void *ctx, const struct matrix *matrix),
		    void *ctx, struct problems *findings);
/* A file that cannot be read or makes no sense: it may hide a conflict. */
void conflict_unreadable(struct problems *findings, const struct problem *why);

#endif
