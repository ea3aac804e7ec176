/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the SIE room share: one virtual CPU in SIE.
 */
#ifndef SIM_SIE_H
#define SIM_SIE_H

#include "aphwsim_uapi.h"
#include "sim.h"

/* What a step comes to */
enum outcome {
	STEP_DONE,	/* result is in the step */
	STEP_AGAIN,	/* out of SIE by a kick: the same step next time */
	STEP_ICPT,	/* interception is set up in the SIE block */
	STEP_ERROR,	/* script is wrong: vcpu->error */
};

/* One virtual CPU during one call */
struct sim_vcpu {
	struct kvm_s390_sie_block *sie;
	u64 *gprs;
	struct aphwsim_script __user *user;
	struct aphwsim_script script;	/* its head */
	struct aphwsim_step step;
	struct sim_masks masks;		/* snapshot of the last entry */
	struct sim_who who;
	u64 slice_end;
	unsigned long switches;		/* of the task, at the last entry */
	bool entered;
	int error;
};

/* sie.c: in and out */
bool sim_sie_enter(struct sim_vcpu *vcpu);
void sim_sie_leave(struct sim_vcpu *vcpu);
bool sim_sie_kicked(struct sim_vcpu *vcpu);

/* sie_insn.c: guest memory, results of a step, AP instructions */
void __user *sim_guest_memory(struct sim_vcpu *vcpu, u64 addr, u64 len);
int sim_guest_lowcore(struct sim_vcpu *vcpu, u64 offset, void *to, size_t len);
void sim_step_program(struct sim_vcpu *vcpu, u16 code);
void sim_step_finished(struct sim_vcpu *vcpu, u32 how, u32 cc);
enum outcome sim_step_wrong(struct sim_vcpu *vcpu, int error);
enum outcome sim_step_intercept(struct sim_vcpu *vcpu, u8 code, u16 ipa,
				u32 ipb);
void sim_step_set_problem(struct sim_vcpu *vcpu, bool on);
enum outcome sim_step_insn(struct sim_vcpu *vcpu);
enum outcome sim_step_after_insn(struct sim_vcpu *vcpu);

/* sie_script.c */
void sim_script_run(struct sim_vcpu *vcpu);

#endif /* SIM_SIE_H */
