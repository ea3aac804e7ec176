/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Likeness of the queues of a matrix on this machine: adapters from sysfs, master
 * keys while zcrypt has the queue, and as they were recorded afterwards.
 */
#ifndef APM_ALIKE_H
#define APM_ALIKE_H

#include "context/context.h"
#include "core/targets.h"
#include "format/master-keys.h"

struct alike {
	struct apmatrix *apm;
	struct snapshot *cards;		/* with nothing else */
	struct key_record recorded;
	struct key_record present;	/* of the queues that were asked for */
};

void alike_begin(struct alike *alike, struct apmatrix *apm);
void alike_end(struct alike *alike);
/* Adds how the queues of a matrix differ, see core/likeness.h. */
bool alike_differs(struct alike *alike, const struct apm_matrix *matrix,
		   struct text *text);
/*
 * What the targets change: a warning for each matrix whose queues will differ, an
 * error with --strict. false after an error.
 */
bool alike_check(struct apmatrix *apm, const struct targets *targets);
/*
 * The record with the keys of the queues that the change takes from the host's
 * drivers, which still have them. false if it stays as it is.
 */
bool alike_record(struct apmatrix *apm, const struct host_target *host,
		  struct text *text);

#endif
