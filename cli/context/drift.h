/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the machine differs from the host's plan. */
#ifndef APM_DRIFT_H
#define APM_DRIFT_H

#include "context/context.h"
#include "core/model.h"

/*
 * Sets plan_drift of all matrices in the snapshot, if the host has a plan. A
 * warning names what only the plan has, or says that it cannot be read.
 */
void read_plan_drift(struct apmatrix *apm);

/*
 * Does a matrix lack queues, or differ from its definition or from the host's
 * plan? For --exit-code.
 */
bool matrix_is_different(const struct matrix *matrix);

#endif
