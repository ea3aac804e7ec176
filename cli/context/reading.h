/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of the snapshot as commands need them together. */
#ifndef APM_READING_H
#define APM_READING_H

#include "context/context.h"
#include "core/targets.h"

/* a new snapshot: host, matrices, definitions */
void read_all(struct apmatrix *apm);
/* the queues of a matrix, assigned, defined and wanted */
void read_queues_of(struct apmatrix *apm, const struct matrix *matrix);
/* for plan_check(): the queues that targets have and will have */
void read_queues_of_targets(struct apmatrix *apm, const struct targets *targets);
/* for pool_plan(): cards, all queues, driver overrides */
void read_pool(struct apmatrix *apm);
/* JSON gets the host's profile, with the serial numbers of its cards */
void read_profile(struct apmatrix *apm);

#endif
