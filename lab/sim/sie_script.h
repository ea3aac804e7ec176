/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIM_SIE_SCRIPT_H
#define SIM_SIE_SCRIPT_H

#include "sie_cpu.h"

void sim_script_run(struct sim_vcpu *vcpu);

#endif /* SIM_SIE_SCRIPT_H */
