/* SPDX-License-Identifier: GPL-2.0-only */
/* What doctor finds in pool, matrices and other tools' files. */
#ifndef APM_DOCTOR_STATE_H
#define APM_DOCTOR_STATE_H

#include "cmd/doctor-finding.h"

void doctor_pool(struct doctor *doctor);
void doctor_matrices(struct doctor *doctor);
void doctor_neighbours(struct doctor *doctor);

#endif
