/* SPDX-License-Identifier: GPL-2.0-only */
/* What a process that was killed in the middle of a change left. */
#ifndef APM_MEND_H
#define APM_MEND_H

#include "context/context.h"
#include "core/plan.h"

/*
 * Completes or undoes what was begun, and removes what was left; notes say so.
 * With the lock held and the machine read, which it reads again; within rules.
 */
void mend(struct apmatrix *apm, const struct plan_rules *rules);

#endif
