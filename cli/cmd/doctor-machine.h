/* SPDX-License-Identifier: GPL-2.0-only */
/* What doctor finds in machine, kernel and module. */
#ifndef APM_DOCTOR_MACHINE_H
#define APM_DOCTOR_MACHINE_H

#include "cmd/doctor-finding.h"

void doctor_machine(struct doctor *doctor);
void doctor_module(struct doctor *doctor);

#endif
