/* SPDX-License-Identifier: GPL-2.0-only */
/* Making a host come back after a reboot as it is now. */
#ifndef APM_PERSIST_H
#define APM_PERSIST_H

#include "context/context.h"
#include "core/targets.h"

/*
 * The host's part: the rule with the masks, a plan with the driver overrides, and
 * the unit that starts matrices. Within a transaction. What it cannot do becomes
 * a warning.
 */
void persist_host(struct apmatrix *apm, struct targets *targets);
/* A warning of what a change leaves that ends with the next boot. */
void persist_note(struct apmatrix *apm, const struct targets *targets);
/* The same of all that is there, as findings; NULL targets. */
void persist_find(struct apmatrix *apm, struct problems *findings);

#endif
