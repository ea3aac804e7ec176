/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * AP instructions of a guest, its memory, and the results of a step.
 */
#ifndef SIM_SIE_INSN_H
#define SIM_SIE_INSN_H

#include "sie_cpu.h"

/* The outcome of a step */
enum outcome {
	STEP_DONE,	/* result is in the step */
	STEP_AGAIN,	/* kicked out of SIE: the same step next time */
	STEP_ICPT,	/* interception is set up in the SIE block */
	STEP_ERROR,	/* script is wrong: vcpu->error */
};

int sim_guest_lowcore(struct sim_vcpu *vcpu, u64 offset, void *to, size_t len);
void sim_step_finished(struct sim_vcpu *vcpu, u32 how, u32 cc);
enum outcome sim_step_wrong(struct sim_vcpu *vcpu, int error);
enum outcome sim_step_intercept(struct sim_vcpu *vcpu, u8 code, u16 ipa,
				u32 ipb);
void sim_step_set_problem(struct sim_vcpu *vcpu, bool on);
enum outcome sim_step_insn(struct sim_vcpu *vcpu);
enum outcome sim_step_after_insn(struct sim_vcpu *vcpu);

#endif /* SIM_SIE_INSN_H */
