/* SPDX-License-Identifier: GPL-2.0-only */
/* Clean up after a process that was killed during a change. */
#ifndef APM_MEND_H
#define APM_MEND_H

#include "context/context.h"
#include "core/plan.h"

/*
 * Completes or undoes the change, as far as the rules allow it, and removes its temporary
 * files. Warnings report it. The lock is held and the host was read; it is read again.
 */
void mend(struct apmatrix *apm, const struct plan_rules *rules);
/* Drops names in /run of matrices that are gone. The lock is held and the host was read. */
void mend_names(struct apmatrix *apm);

#endif
