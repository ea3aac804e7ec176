/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest CPU during one call of the virtual SIE.
 */
#ifndef SIM_SIE_CPU_H
#define SIM_SIE_CPU_H

#include "aphwsim_uapi.h"
#include "ap.h"
#include "ap_insn.h"

struct kvm_s390_sie_block;

struct sim_vcpu {
	struct kvm_s390_sie_block *sie;
	u64 *gprs;
	struct aphwsim_script __user *user;
	struct aphwsim_script script;	/* its head */
	struct aphwsim_step step;
	struct sim_masks masks;		/* of the entry */
	struct sim_who who;
	u64 slice_end;
	unsigned long switches;		/* of the task, at the last entry */
	bool entered;
	int error;
};

bool sim_sie_enter(struct sim_vcpu *vcpu);
void sim_sie_leave(struct sim_vcpu *vcpu);
bool sim_sie_kicked(struct sim_vcpu *vcpu);

#endif /* SIM_SIE_CPU_H */
