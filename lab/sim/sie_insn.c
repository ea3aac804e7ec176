// SPDX-License-Identifier: GPL-2.0-only
/*
 * AP instructions that a guest executes.
 *
 * An interpreted instruction is completed here, with a result or a program
 * interruption in the step. For an intercepted one, the interception is set up
 * for KVM; its result is in the guest's registers and PSW at the next entry.
 *
 * Without APIE all AP instructions are intercepted. With APIE only AQIC is, and
 * TAPQ with the T bit if the control file asks for it.
 */
#include <linux/kernel.h>
#include <linux/kvm_host.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/ptrace.h>
#include "hw.h"
#include "sie_insn.h"

#define CC_SHIFT	44
#define PREFIX_SHIFT	13

/* Guest lowcore */
#define LC_PGM_CODE	0x08e
#define LC_PGM_OLD_PSW	0x150

/* ---- guest memory ---- */

static void __user *guest_memory(struct sim_vcpu *vcpu, u64 addr, u64 len)
{
	const struct aphwsim_script *script = &vcpu->script;

	if (addr > script->mem_size || len > script->mem_size - addr)
		return NULL;
	return (void __user *)(script->mem_base + addr);
}

int sim_guest_lowcore(struct sim_vcpu *vcpu, u64 offset, void *to, size_t len)
{
	u64 prefix = (u64)vcpu->sie->prefix << PREFIX_SHIFT;
	void __user *from = guest_memory(vcpu, prefix + offset, len);

	return from && !copy_from_user(to, from, len) ? 0 : -EFAULT;
}

/* ---- results ---- */

static void step_program(struct sim_vcpu *vcpu, u16 code)
{
	vcpu->step.how = APHWSIM_HOW_PROGRAM;
	vcpu->step.pgm_code = code;
}

void sim_step_finished(struct sim_vcpu *vcpu, u32 how, u32 cc)
{
	vcpu->step.how = how;
	vcpu->step.cc = cc;
}

enum outcome sim_step_wrong(struct sim_vcpu *vcpu, int error)
{
	vcpu->error = error;
	return STEP_ERROR;
}

enum outcome sim_step_intercept(struct sim_vcpu *vcpu, u8 code, u16 ipa, u32 ipb)
{
	vcpu->sie->icptcode = code;
	vcpu->sie->ipa = ipa;
	vcpu->sie->ipb = ipb;
	return STEP_ICPT;
}

/* ---- AP instructions ---- */

static enum outcome do_pqap(struct sim_vcpu *vcpu)
{
	u64 *gr = vcpu->step.gr_out;
	struct sim_result result;
	void __user *info;

	if (!sim_sie_enter(vcpu))
		return STEP_AGAIN;
	sim_pqap(&vcpu->who, gr, &result);
	sim_sie_leave(vcpu);
	if (result.pgm) {
		step_program(vcpu, result.pgm);
		return STEP_DONE;
	}
	if ((gr[0] >> 24 & 0xff) == SIM_QCI) {
		info = guest_memory(vcpu, gr[2], sizeof(result.qci));
		if (!info) {
			step_program(vcpu, SIM_PGM_ADDRESSING);
			return STEP_DONE;
		}
		if (copy_to_user(info, &result.qci, sizeof(result.qci)))
			return sim_step_wrong(vcpu, -EFAULT);
	}
	sim_step_finished(vcpu, APHWSIM_HOW_INTERPRETED, result.cc);
	return STEP_DONE;
}

static enum outcome do_nqap(struct sim_vcpu *vcpu, unsigned int r1, unsigned int r2)
{
	u64 *gr = vcpu->step.gr_out;
	u64 len = gr[r2 + 1];
	void __user *from = guest_memory(vcpu, gr[r2], len);
	struct sim_msg *msg = NULL;
	struct sim_result result;

	if (!from) {
		step_program(vcpu, SIM_PGM_ADDRESSING);
		return STEP_DONE;
	}
	if (len <= SIM_MAX_MSG) {
		msg = sim_msg_alloc(len, GFP_KERNEL);
		if (!msg)
			return sim_step_wrong(vcpu, -ENOMEM);
		msg->psmid = (u64)(u32)gr[r1] << 32 | (u32)gr[r1 + 1];
		msg->len = len;
		if (copy_from_user(msg->data, from, len)) {
			kfree(msg);
			return sim_step_wrong(vcpu, -EFAULT);
		}
	}
	if (!sim_sie_enter(vcpu)) {
		kfree(msg);
		return STEP_AGAIN;
	}
	sim_nqap(&vcpu->who, gr, msg, &result);
	sim_sie_leave(vcpu);
	if (result.pgm || result.cc)
		kfree(msg);
	if (result.pgm) {
		step_program(vcpu, result.pgm);
		return STEP_DONE;
	}
	if (!result.cc) {
		gr[r2] += len;
		gr[r2 + 1] = 0;
	}
	sim_step_finished(vcpu, APHWSIM_HOW_INTERPRETED, result.cc);
	return STEP_DONE;
}

static enum outcome do_dqap(struct sim_vcpu *vcpu, unsigned int r1, unsigned int r2)
{
	bool whole = vcpu->step.flags & APHWSIM_F_COMPLETE;
	u64 *gr = vcpu->step.gr_out;
	struct sim_transfer transfer;
	struct sim_result result;
	void __user *to;
	void *buf;
	u32 len;

	buf = kmalloc(SIM_MAX_MSG, GFP_KERNEL);
	if (!buf)
		return sim_step_wrong(vcpu, -ENOMEM);
	do {
		len = min_t(u64, gr[r2 + 1], SIM_MAX_MSG);
		to = guest_memory(vcpu, gr[r2], len);
		if (!to) {
			step_program(vcpu, SIM_PGM_ADDRESSING);
			goto out;
		}
		if (!sim_sie_enter(vcpu)) {
			/* the next DQAP starts with the whole reply */
			kfree(buf);
			return STEP_AGAIN;
		}
		sim_dqap(&vcpu->who, gr, buf, len, &transfer, &result);
		sim_sie_leave(vcpu);
		if (result.pgm) {
			step_program(vcpu, result.pgm);
			goto out;
		}
		if (copy_to_user(to, buf, transfer.done)) {
			kfree(buf);
			return sim_step_wrong(vcpu, -EFAULT);
		}
		gr[r2] += transfer.done;
		gr[r2 + 1] -= transfer.done;
		if (transfer.done) {
			gr[r1] = transfer.psmid >> 32;
			gr[r1 + 1] = (u32)transfer.psmid;
		}
	} while (whole && (result.cc == 1 || result.cc == 2) && gr[r2 + 1]);
	sim_step_finished(vcpu, APHWSIM_HOW_INTERPRETED, result.cc);
out:
	kfree(buf);
	return STEP_DONE;
}

static bool intercepted(struct sim_vcpu *vcpu, u32 insn, u64 gr0)
{
	if (!(vcpu->sie->eca & ECA_APIE))
		return true;
	if (insn >> 16 != APHWSIM_INSN_PQAP >> 16)
		return false;
	switch (gr0 >> 24 & 0xff) {
	case SIM_AQIC:
		return true;
	case SIM_TAPQ:
		return sim_hw.intercept_tapq && gr0 & 0x00800000;
	default:
		return false;
	}
}

void sim_step_set_problem(struct sim_vcpu *vcpu, bool on)
{
	vcpu->sie->gpsw.mask &= ~PSW_MASK_PSTATE;
	if (on)
		vcpu->sie->gpsw.mask |= PSW_MASK_PSTATE;
}

static enum outcome intercept_insn(struct sim_vcpu *vcpu)
{
	struct kvm_s390_sie_block *sie = vcpu->sie;
	struct aphwsim_step *step = &vcpu->step;

	/* an interception happens in SIE, too */
	if (!sim_sie_enter(vcpu))
		return STEP_AGAIN;
	sim_sie_leave(vcpu);
	memcpy(vcpu->gprs, step->gr_in, 14 * sizeof(u64));
	sim_step_set_problem(vcpu, step->flags & APHWSIM_F_PROBLEM);
	sie->gpsw.addr += 4;
	vcpu->script.psw_expect = sie->gpsw.addr;
	return sim_step_intercept(vcpu, ICPT_INST, step->insn >> 16, step->insn << 16);
}

enum outcome sim_step_insn(struct sim_vcpu *vcpu)
{
	struct aphwsim_step *step = &vcpu->step;
	unsigned int r1 = step->insn >> 4 & 15, r2 = step->insn & 15;

	if (intercepted(vcpu, step->insn, step->gr_in[0]))
		return intercept_insn(vcpu);
	memcpy(step->gr_out, step->gr_in, 14 * sizeof(u64));
	if (step->flags & APHWSIM_F_PROBLEM) {
		step_program(vcpu, SIM_PGM_PRIVILEGED);
		return STEP_DONE;
	}
	if (step->insn == APHWSIM_INSN_PQAP)
		return do_pqap(vcpu);
	if ((r1 | r2) & 1) {
		step_program(vcpu, SIM_PGM_SPECIFICATION);
		return STEP_DONE;
	}
	if (r1 > 12 || r2 > 12)
		return sim_step_wrong(vcpu, -EINVAL);
	switch (step->insn & ~0xffU) {
	case APHWSIM_INSN_NQAP:
		return do_nqap(vcpu, r1, r2);
	case APHWSIM_INSN_DQAP:
		return do_dqap(vcpu, r1, r2);
	default:
		return sim_step_wrong(vcpu, -EINVAL);
	}
}

/*
 * KVM or user space has handled the instruction. Either the PSW is behind it, and
 * the registers hold the result; or the PSW is at the instruction, which is
 * executed again; or there was a program interruption.
 */
enum outcome sim_step_after_insn(struct sim_vcpu *vcpu)
{
	struct kvm_s390_sie_block *sie = vcpu->sie;
	struct aphwsim_step *step = &vcpu->step;
	u64 expect = vcpu->script.psw_expect;
	psw_t old;
	u16 code;

	memcpy(step->gr_out, vcpu->gprs, 14 * sizeof(u64));
	step->by_kvm = 1;
	if (sie->gpsw.addr == expect - 4)
		return sim_step_insn(vcpu);
	if (sie->gpsw.addr == expect) {
		sim_step_finished(vcpu, APHWSIM_HOW_INTERCEPTED,
			 sie->gpsw.mask >> CC_SHIFT & 3);
		return STEP_DONE;
	}
	if (sim_guest_lowcore(vcpu, LC_PGM_CODE, &code, sizeof(code)) ||
	    sim_guest_lowcore(vcpu, LC_PGM_OLD_PSW, &old, sizeof(old)))
		return sim_step_wrong(vcpu, -EFAULT);
	if (old.addr != expect && old.addr != expect - 4)
		return sim_step_wrong(vcpu, -ESTALE);
	sie->gpsw.mask = old.mask;
	sie->gpsw.addr = expect;
	step_program(vcpu, code);
	step->psw_mask = old.mask;
	step->psw_addr = old.addr;
	return STEP_DONE;
}
