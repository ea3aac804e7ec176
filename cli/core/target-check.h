/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: would a matrix of this host work on another one? What a guest has must
 * exist there, be available for guests, and be of the same kind. Otherwise its
 * migration fails at the end, with nothing but an errno.
 */
#ifndef APM_TARGET_CHECK_H
#define APM_TARGET_CHECK_H

#include "core/model.h"
#include "core/problem.h"

/*
 * here needs its cards, there is what profile.h makes. Reported is what
 * concerns a matrix for which wanted() holds.
 */
void target_check(const struct snapshot *here, const struct snapshot *there,
		  bool (*wanted)(void *ctx, const char *uuid), void *ctx,
		  struct problems *findings);

#endif
