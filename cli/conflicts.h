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
