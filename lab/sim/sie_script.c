// SPDX-License-Identifier: GPL-2.0-only
/*
 * Executes the steps of a script, and sets up the interception for KVM when the
 * CPU leaves SIE.
 */
#include <linux/kernel.h>
#include <linux/kvm_host.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/ptrace.h>
#include "sie_insn.h"
#include "sie_script.h"

/* Guest lowcore */
#define LC_IO_PARM	0x0bc
#define LC_IO_WORD	0x0c0
#define LC_IO_OLD_PSW	0x170

static struct aphwsim_step __user *user_step(struct sim_vcpu *vcpu)
{
	return &vcpu->user->steps[vcpu->script.pc];
}

/* ---- other steps ---- */

static struct kvm_s390_gisa *gisa(struct sim_vcpu *vcpu)
{
	u64 origin = vcpu->sie->gd & ~GISA_FORMAT1;

	return origin ? phys_to_virt(origin) : NULL;
}

/*
 * Stays in SIE until a bit of @mask is pending in the GISA (0: never), the time
 * of the step is over, or the CPU has to leave SIE.
 */
static enum outcome spin(struct sim_vcpu *vcpu, u8 mask, u64 usecs)
{
	struct aphwsim_step *step = &vcpu->step;
	u64 now = ktime_get_ns();
	u8 pending = 0;

	if (!vcpu->script.deadline)
		vcpu->script.deadline = usecs ? now + usecs * 1000 : U64_MAX;
	if (!sim_sie_enter(vcpu))
		return STEP_AGAIN;
	for (;;) {
		if (mask)
			pending = READ_ONCE(gisa(vcpu)->ipm);
		now = ktime_get_ns();
		if (pending & mask || now >= vcpu->script.deadline ||
		    now >= vcpu->slice_end || sim_sie_kicked(vcpu))
			break;
		cpu_relax();
	}
	sim_sie_leave(vcpu);
	if (!(pending & mask) && now < vcpu->script.deadline)
		return STEP_AGAIN;
	vcpu->script.deadline = 0;
	step->gr_out[0] = pending;
	sim_step_finished(vcpu, APHWSIM_HOW_INTERPRETED, mask && !(pending & mask) ? 2 : 0);
	return STEP_DONE;
}

static enum outcome do_wait_ipm(struct sim_vcpu *vcpu)
{
	if (!gisa(vcpu)) {
		sim_step_finished(vcpu, APHWSIM_HOW_INTERPRETED, 3);
		return STEP_DONE;
	}
	return spin(vcpu, vcpu->step.arg[0], vcpu->step.arg[1]);
}

static enum outcome do_gisa(struct sim_vcpu *vcpu)
{
	struct kvm_s390_gisa *g = gisa(vcpu);
	u64 *gr = vcpu->step.gr_out;
	u64 bits = (vcpu->step.arg[0] & 0xff) << 24;
	u64 *word = (u64 *)g;
	u64 old;

	if (!sim_sie_enter(vcpu))
		return STEP_AGAIN;
	memset(gr, 0, sizeof(vcpu->step.gr_out));
	if (g && vcpu->step.op == APHWSIM_OP_TAKE_IPM) {
		do {
			old = READ_ONCE(*word);
		} while (cmpxchg(word, old, old & ~bits) != old);
		gr[0] = (old & bits) >> 24;
	} else if (g) {
		gr[0] = READ_ONCE(g->ipm);
		gr[1] = READ_ONCE(g->iam);
		gr[2] = vcpu->sie->gd & ~GISA_FORMAT1;
		gr[3] = vcpu->sie->gd & GISA_FORMAT1;
		gr[4] = READ_ONCE(g->next_alert);
	}
	sim_sie_leave(vcpu);
	sim_step_finished(vcpu, APHWSIM_HOW_INTERPRETED, g ? 0 : 3);
	return STEP_DONE;
}

static enum outcome do_masks(struct sim_vcpu *vcpu)
{
	u64 *gr = vcpu->step.gr_out;

	if (!sim_sie_enter(vcpu))
		return STEP_AGAIN;
	sim_sie_leave(vcpu);
	gr[0] = vcpu->sie->crycbd;
	gr[1] = !!(vcpu->sie->eca & ECA_APIE);
	memcpy(&gr[2], &vcpu->masks, sizeof(vcpu->masks));
	sim_step_finished(vcpu, APHWSIM_HOW_INTERPRETED, 0);
	return STEP_DONE;
}

static enum outcome do_idle(struct sim_vcpu *vcpu)
{
	if (!sim_sie_enter(vcpu))
		return STEP_AGAIN;
	sim_sie_leave(vcpu);
	vcpu->sie->gpsw.mask |= PSW_MASK_WAIT | PSW_MASK_IO;
	vcpu->script.psw_expect = vcpu->sie->gpsw.addr;
	return sim_step_intercept(vcpu, ICPT_WAIT, 0, 0);
}

/* KVM woke the CPU, with or without an interruption */
static enum outcome after_idle(struct sim_vcpu *vcpu)
{
	struct kvm_s390_sie_block *sie = vcpu->sie;
	struct aphwsim_step *step = &vcpu->step;
	u32 parm, word;
	psw_t old;

	if (sie->gpsw.addr == vcpu->script.psw_expect &&
	    sie->gpsw.mask & PSW_MASK_WAIT) {
		if (!vcpu->script.stop)
			return do_idle(vcpu);
		sie->gpsw.mask &= ~(PSW_MASK_WAIT | PSW_MASK_IO);
		sim_step_finished(vcpu, APHWSIM_HOW_INTERPRETED, 2);
		return STEP_DONE;
	}
	if (sim_guest_lowcore(vcpu, LC_IO_PARM, &parm, sizeof(parm)) ||
	    sim_guest_lowcore(vcpu, LC_IO_WORD, &word, sizeof(word)) ||
	    sim_guest_lowcore(vcpu, LC_IO_OLD_PSW, &old, sizeof(old)))
		return sim_step_wrong(vcpu, -EFAULT);
	if (old.addr != vcpu->script.psw_expect)
		return sim_step_wrong(vcpu, -ESTALE);
	sie->gpsw.mask = old.mask & ~(PSW_MASK_WAIT | PSW_MASK_IO);
	sie->gpsw.addr = old.addr;
	step->gr_out[0] = word;
	step->gr_out[1] = parm;
	sim_step_finished(vcpu, APHWSIM_HOW_IO, 0);
	return STEP_DONE;
}

static enum outcome do_step(struct sim_vcpu *vcpu)
{
	struct aphwsim_step *step = &vcpu->step;

	switch (step->op) {
	case APHWSIM_OP_INSN:
		return sim_step_insn(vcpu);
	case APHWSIM_OP_SPIN:
		return spin(vcpu, 0, step->arg[0]);
	case APHWSIM_OP_WAIT_IPM:
		return do_wait_ipm(vcpu);
	case APHWSIM_OP_READ_GISA:
	case APHWSIM_OP_TAKE_IPM:
		return do_gisa(vcpu);
	case APHWSIM_OP_READ_MASKS:
		return do_masks(vcpu);
	case APHWSIM_OP_IDLE:
		return do_idle(vcpu);
	default:
		return sim_step_wrong(vcpu, -EINVAL);
	}
}

/* ---- the script ---- */

/* Writes back the result of a step. 0 or -EFAULT */
static int store_step(struct sim_vcpu *vcpu)
{
	struct aphwsim_step *step = &vcpu->step;
	const size_t head = offsetof(struct aphwsim_step, gr_out);

	step->gr_out[14] = 0;
	step->gr_out[15] = 0;
	step->time_ns = ktime_get_ns();
#ifdef CONFIG_SCHED_INFO
	step->wait_ns = current->sched_info.run_delay;
#endif
	step->runs++;
	if (copy_to_user((u8 __user *)user_step(vcpu) + head,
			 (u8 *)step + head, sizeof(*step) - head))
		return -EFAULT;
	vcpu->script.executed++;
	return 0;
}

/* Writes back the head except `stop`, which others write. 0 or -EFAULT */
static int store_script(struct sim_vcpu *vcpu)
{
	struct aphwsim_script *script = &vcpu->script;
	struct aphwsim_script __user *user = vcpu->user;

	return put_user(script->pc, &user->pc) ||
	       put_user(script->state, &user->state) ||
	       put_user(script->error, &user->error) ||
	       put_user(script->entries, &user->entries) ||
	       put_user(script->executed, &user->executed) ||
	       put_user(script->psw_expect, &user->psw_expect) ||
	       put_user(script->deadline, &user->deadline) ? -EFAULT : 0;
}

/* Jumps, or continues after the last round. 0 or -EFAULT */
static int do_loop(struct sim_vcpu *vcpu)
{
	struct aphwsim_step *step = &vcpu->step;
	struct aphwsim_step __user *user = user_step(vcpu);
	bool jump = !step->arg[1] || step->iter < step->arg[1];

	step->iter = jump ? step->iter + 1 : 0;
	if (put_user(step->iter, &user->iter) ||
	    put_user(step->runs + 1, &user->runs))
		return -EFAULT;
	if (jump)
		vcpu->script.pc = step->arg[0];
	else
		vcpu->script.pc++;
	return 0;
}

static void end(struct sim_vcpu *vcpu, u32 state, int error)
{
	vcpu->script.state = state;
	vcpu->script.error = error;
	/* it fails if the VMM unmapped its script; nobody to report to */
	store_script(vcpu);
	sim_step_set_problem(vcpu, false);
	sim_step_intercept(vcpu, ICPT_INST, APHWSIM_END_IPA, APHWSIM_END_IPB);
}

static int load_step(struct sim_vcpu *vcpu)
{
	struct aphwsim_step *step = &vcpu->step;

	if (copy_from_user(step, user_step(vcpu), sizeof(*step)))
		return -EFAULT;
	memset(step->gr_out, 0, sizeof(step->gr_out));
	step->psw_mask = 0;
	step->psw_addr = 0;
	step->how = APHWSIM_HOW_NOT_RUN;
	step->cc = 0;
	step->pgm_code = 0;
	step->by_kvm = 0;
	return 0;
}

/* Executes steps until the CPU leaves SIE */
static void run_script(struct sim_vcpu *vcpu)
{
	struct aphwsim_script *script = &vcpu->script;
	enum outcome outcome;

	for (;;) {
		if (get_user(script->stop, &vcpu->user->stop))
			return end(vcpu, APHWSIM_STATE_ERROR, -EFAULT);
		if (script->pc >= script->nr ||
		    (script->stop && script->state != APHWSIM_STATE_INTERCEPT))
			return end(vcpu, APHWSIM_STATE_DONE, 0);
		if (load_step(vcpu))
			return end(vcpu, APHWSIM_STATE_ERROR, -EFAULT);
		if (vcpu->step.op == APHWSIM_OP_END)
			return end(vcpu, APHWSIM_STATE_DONE, 0);
		if (vcpu->step.op == APHWSIM_OP_LOOP) {
			if (do_loop(vcpu))
				return end(vcpu, APHWSIM_STATE_ERROR, -EFAULT);
			if (sim_sie_kicked(vcpu) || ktime_get_ns() >= vcpu->slice_end)
				break;
			continue;
		}

		if (script->state != APHWSIM_STATE_INTERCEPT)
			outcome = do_step(vcpu);
		else if (vcpu->step.op == APHWSIM_OP_IDLE)
			outcome = after_idle(vcpu);
		else
			outcome = sim_step_after_insn(vcpu);

		switch (outcome) {
		case STEP_ERROR:
			return end(vcpu, APHWSIM_STATE_ERROR, vcpu->error);
		case STEP_ICPT:
			script->state = APHWSIM_STATE_INTERCEPT;
			goto out;
		case STEP_AGAIN:
			if (script->state != APHWSIM_STATE_INTERCEPT)
				script->state = APHWSIM_STATE_RUNNING;
			goto out;
		case STEP_DONE:
			break;
		}
		if (vcpu->step.how != APHWSIM_HOW_PROGRAM ||
		    !vcpu->step.by_kvm) {
			vcpu->step.psw_mask = vcpu->sie->gpsw.mask;
			vcpu->step.psw_addr = vcpu->sie->gpsw.addr;
		}
		sim_step_set_problem(vcpu, false);
		script->state = APHWSIM_STATE_RUNNING;
		if (store_step(vcpu))
			return end(vcpu, APHWSIM_STATE_ERROR, -EFAULT);
		script->pc++;
		if (ktime_get_ns() >= vcpu->slice_end)
			break;
	}
out:
	if (store_script(vcpu))
		end(vcpu, APHWSIM_STATE_ERROR, -EFAULT);
}

void sim_script_run(struct sim_vcpu *vcpu)
{
	struct aphwsim_script *script = &vcpu->script;

	if (copy_from_user(script, vcpu->user, sizeof(*script)))
		return end(vcpu, APHWSIM_STATE_ERROR, -EFAULT);
	if (script->magic != APHWSIM_SCRIPT_MAGIC ||
	    script->version != APHWSIM_SCRIPT_VERSION ||
	    script->nr > APHWSIM_MAX_STEPS)
		return end(vcpu, APHWSIM_STATE_ERROR, -EINVAL);
	if (script->state >= APHWSIM_STATE_DONE)
		return end(vcpu, script->state, script->error);
	script->entries++;
	run_script(vcpu);
}
