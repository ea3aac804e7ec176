/* SPDX-License-Identifier: GPL-2.0-only */
/* Waiting for guests to get what was assigned. */
#ifndef APM_WAIT_GUEST_H
#define APM_WAIT_GUEST_H

#include "context/context.h"
#include "core/targets.h"

/*
 * Whether the guests get all that targets newly assign, and if
 * not, an error: UNSUPPORTED at once where the kernel does not tell. apm->snap
 * is the machine before.
 */
bool wait_for_guests(struct apmatrix *apm, const struct targets *targets,
		     unsigned int wait_ms);

#endif
