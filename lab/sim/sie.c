// SPDX-License-Identifier: GPL-2.0-only
/*
 * SIE room: a guest CPU that executes a script.
 *
 * virtual_sie() takes the place of the function in which KVM executes the SIE
 * instruction. It runs in the virtual CPU's thread and keeps SIE's side of the
 * bargain with KVM: PROG_IN_SIE is set while, and only while, guest
 * instructions may execute; before each one a block, a request, a stop, a
 * signal or the scheduler makes it leave; masks are those of the entry.
 *
 * User memory is touched only outside of "in SIE": KVM waits for a CPU to leave
 * SIE under locks that a page fault may need.
 *
 * Which instructions are interpreted and which are intercepted is the
 * hardware's rule: without APIE all are intercepted, with it AQIC alone, and
 * TAPQ with the T bit where that is asked for.
 */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kvm_host.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <asm/css_chars.h>
#include <asm/ptrace.h>
#include <asm/sclp.h>
#include "aphwsim_uapi.h"
#include "sim.h"

#define SLICE_NS	4000000		/* the host's timer interrupts a guest */
#define CC_SHIFT	44

/* Guest lowcore */
#define LC_PGM_CODE	0x08e
#define LC_IO_PARM	0x0bc
#define LC_IO_WORD	0x0c0
#define LC_PGM_OLD_PSW	0x150
#define LC_IO_OLD_PSW	0x170
#define PREFIX_SHIFT	13

/* What a step comes to */
enum outcome {
	STEP_DONE,	/* result is in the step */
	STEP_AGAIN,	/* out of SIE by a kick: the same step next time */
	STEP_ICPT,	/* interception is set up in the SIE block */
	STEP_ERROR,	/* script is wrong: vcpu->error */
};

/* One virtual CPU during one call */
struct vcpu {
	struct kvm_s390_sie_block *sie;
	u64 *gprs;
	struct aphwsim_script __user *user;
	struct aphwsim_script script;	/* its head */
	struct aphwsim_step step;
	struct sim_masks masks;		/* snapshot of the last entry */
	struct sim_who who;
	u64 slice_end;
	bool entered;
	int error;
};

static struct aphwsim_step __user *user_step(struct vcpu *vcpu)
{
	return &vcpu->user->steps[vcpu->script.pc];
}

/* ---- in and out ---- */

/* Whether the host wants this CPU. Sets the interception that comes of it */
static bool kicked(struct vcpu *vcpu)
{
	struct kvm_s390_sie_block *sie = vcpu->sie;

	if (atomic_read(&sie->prog20) & (PROG_BLOCK_SIE | PROG_REQUEST))
		return true;
	if (atomic_read(&sie->cpuflags) & CPUSTAT_STOP_INT) {
		sie->icptcode = ICPT_STOP;
		return true;
	}
	return signal_pending(current) || need_resched();
}

static void leave(struct vcpu *vcpu)
{
	smp_mb();	/* what the guest did is visible before it is out */
	WRITE_ONCE(vcpu->sie->prog0c, vcpu->sie->prog0c & ~PROG_IN_SIE);
}

/*
 * In SIE from here to leave(). False: the host wants the CPU, and it is not.
 * KVM sets the block, then waits for PROG_IN_SIE to go; this does it the other
 * way round, so one of the two sees the other.
 */
static bool enter(struct vcpu *vcpu)
{
	u32 id;

	WRITE_ONCE(vcpu->sie->prog0c, vcpu->sie->prog0c | PROG_IN_SIE);
	smp_mb();
	if (kicked(vcpu)) {
		leave(vcpu);
		return false;
	}
	id = sim_guest_enter(vcpu->sie, &vcpu->masks, !vcpu->entered);
	vcpu->entered = true;
	vcpu->who.owner = SIM_OWNER_GUEST(id);
	vcpu->who.masks = &vcpu->masks;
	vcpu->who.narrow = (vcpu->sie->crycbd & CRYCB_FORMAT_MASK) !=
			   CRYCB_FORMAT2;
	return true;
}

/* ---- guest memory ---- */

static void __user *guest_memory(struct vcpu *vcpu, u64 addr, u64 len)
{
	const struct aphwsim_script *script = &vcpu->script;

	if (addr > script->mem_size || len > script->mem_size - addr)
		return NULL;
	return (void __user *)(script->mem_base + addr);
}

static int read_lowcore(struct vcpu *vcpu, u64 offset, void *to, size_t len)
{
	u64 prefix = (u64)vcpu->sie->prefix << PREFIX_SHIFT;
	void __user *from = guest_memory(vcpu, prefix + offset, len);

	return from && !copy_from_user(to, from, len) ? 0 : -EFAULT;
}

/* ---- results ---- */

static void program(struct vcpu *vcpu, u16 code)
{
	vcpu->step.how = APHWSIM_HOW_PROGRAM;
	vcpu->step.pgm_code = code;
}

static void finished(struct vcpu *vcpu, u32 how, u32 cc)
{
	vcpu->step.how = how;
	vcpu->step.cc = cc;
}

static enum outcome wrong(struct vcpu *vcpu, int error)
{
	vcpu->error = error;
	return STEP_ERROR;
}

static enum outcome intercept(struct vcpu *vcpu, u8 code, u16 ipa, u32 ipb)
{
	vcpu->sie->icptcode = code;
	vcpu->sie->ipa = ipa;
	vcpu->sie->ipb = ipb;
	return STEP_ICPT;
}

/* ---- AP instructions ---- */

static enum outcome do_pqap(struct vcpu *vcpu)
{
	u64 *gr = vcpu->step.gr_out;
	struct sim_result result;
	void __user *info;

	if (!enter(vcpu))
		return STEP_AGAIN;
	sim_pqap(&vcpu->who, gr, &result);
	leave(vcpu);
	if (result.pgm) {
		program(vcpu, result.pgm);
		return STEP_DONE;
	}
	if ((gr[0] >> 24 & 0xff) == SIM_QCI) {
		info = guest_memory(vcpu, gr[2], sizeof(result.info));
		if (!info) {
			program(vcpu, SIM_PGM_ADDRESSING);
			return STEP_DONE;
		}
		if (copy_to_user(info, &result.info, sizeof(result.info)))
			return wrong(vcpu, -EFAULT);
	}
	finished(vcpu, APHWSIM_HOW_INTERPRETED, result.cc);
	return STEP_DONE;
}

static enum outcome do_nqap(struct vcpu *vcpu, unsigned int r1, unsigned int r2)
{
	u64 *gr = vcpu->step.gr_out;
	u64 len = gr[r2 + 1];
	void __user *from = guest_memory(vcpu, gr[r2], len);
	struct sim_msg *msg = NULL;
	struct sim_result result;

	if (!from) {
		program(vcpu, SIM_PGM_ADDRESSING);
		return STEP_DONE;
	}
	if (len <= SIM_MAX_MSG) {
		msg = kmalloc(sizeof(*msg) + len, GFP_KERNEL);
		if (!msg)
			return wrong(vcpu, -ENOMEM);
		msg->psmid = (u64)(u32)gr[r1] << 32 | (u32)gr[r1 + 1];
		msg->len = len;
		msg->bufsize = len;
		if (copy_from_user(msg->data, from, len)) {
			kfree(msg);
			return wrong(vcpu, -EFAULT);
		}
	}
	if (!enter(vcpu)) {
		kfree(msg);
		return STEP_AGAIN;
	}
	sim_nqap(&vcpu->who, gr, msg, &result);
	leave(vcpu);
	if (result.pgm || result.cc)
		kfree(msg);
	if (result.pgm) {
		program(vcpu, result.pgm);
		return STEP_DONE;
	}
	if (!result.cc) {
		gr[r2] += len;
		gr[r2 + 1] = 0;
	}
	finished(vcpu, APHWSIM_HOW_INTERPRETED, result.cc);
	return STEP_DONE;
}

static enum outcome do_dqap(struct vcpu *vcpu, unsigned int r1, unsigned int r2)
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
		return wrong(vcpu, -ENOMEM);
	do {
		len = min_t(u64, gr[r2 + 1], SIM_MAX_MSG);
		to = guest_memory(vcpu, gr[r2], len);
		if (!to) {
			program(vcpu, SIM_PGM_ADDRESSING);
			goto out;
		}
		if (!enter(vcpu)) {
			/* what does not end is received from the beginning */
			kfree(buf);
			return STEP_AGAIN;
		}
		sim_dqap(&vcpu->who, gr, buf, len, &transfer, &result);
		leave(vcpu);
		if (result.pgm) {
			program(vcpu, result.pgm);
			goto out;
		}
		if (copy_to_user(to, buf, transfer.done)) {
			kfree(buf);
			return wrong(vcpu, -EFAULT);
		}
		gr[r2] += transfer.done;
		gr[r2 + 1] -= transfer.done;
		if (transfer.done) {
			gr[r1] = transfer.psmid >> 32;
			gr[r1 + 1] = (u32)transfer.psmid;
		}
	} while (whole && (result.cc == 1 || result.cc == 2) && gr[r2 + 1]);
	finished(vcpu, APHWSIM_HOW_INTERPRETED, result.cc);
out:
	kfree(buf);
	return STEP_DONE;
}

static bool intercepted(struct vcpu *vcpu, u32 insn, u64 gr0)
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

static void set_psw_problem(struct vcpu *vcpu, bool on)
{
	vcpu->sie->gpsw.mask &= ~PSW_MASK_PSTATE;
	if (on)
		vcpu->sie->gpsw.mask |= PSW_MASK_PSTATE;
}

static enum outcome intercept_insn(struct vcpu *vcpu)
{
	struct kvm_s390_sie_block *sie = vcpu->sie;
	struct aphwsim_step *step = &vcpu->step;

	/* also an interception is something that happens in SIE */
	if (!enter(vcpu))
		return STEP_AGAIN;
	leave(vcpu);
	memcpy(vcpu->gprs, step->gr_in, 14 * sizeof(u64));
	set_psw_problem(vcpu, step->flags & APHWSIM_F_PROBLEM);
	sie->gpsw.addr += 4;
	vcpu->script.psw_expect = sie->gpsw.addr;
	return intercept(vcpu, ICPT_INST, step->insn >> 16, step->insn << 16);
}

static enum outcome do_insn(struct vcpu *vcpu)
{
	struct aphwsim_step *step = &vcpu->step;
	unsigned int r1 = step->insn >> 4 & 15, r2 = step->insn & 15;

	if (intercepted(vcpu, step->insn, step->gr_in[0]))
		return intercept_insn(vcpu);
	memcpy(step->gr_out, step->gr_in, 14 * sizeof(u64));
	if (step->flags & APHWSIM_F_PROBLEM) {
		program(vcpu, SIM_PGM_PRIVILEGED);
		return STEP_DONE;
	}
	if (step->insn == APHWSIM_INSN_PQAP)
		return do_pqap(vcpu);
	if ((r1 | r2) & 1) {
		program(vcpu, SIM_PGM_SPECIFICATION);
		return STEP_DONE;
	}
	if (r1 > 12 || r2 > 12)
		return wrong(vcpu, -EINVAL);
	switch (step->insn & ~0xffU) {
	case APHWSIM_INSN_NQAP:
		return do_nqap(vcpu, r1, r2);
	case APHWSIM_INSN_DQAP:
		return do_dqap(vcpu, r1, r2);
	default:
		return wrong(vcpu, -EINVAL);
	}
}

/*
 * KVM, or user space, has dealt with the instruction. Either the PSW is where
 * it was left, and the registers hold the result; or it is back on the
 * instruction, which is to be executed again; or a program interruption has
 * taken it away.
 */
static enum outcome after_insn(struct vcpu *vcpu)
{
	struct kvm_s390_sie_block *sie = vcpu->sie;
	struct aphwsim_step *step = &vcpu->step;
	u64 expect = vcpu->script.psw_expect;
	psw_t old;
	u16 code;

	memcpy(step->gr_out, vcpu->gprs, 14 * sizeof(u64));
	step->by_kvm = 1;
	if (sie->gpsw.addr == expect - 4)
		return do_insn(vcpu);
	if (sie->gpsw.addr == expect) {
		finished(vcpu, APHWSIM_HOW_INTERCEPTED,
			 sie->gpsw.mask >> CC_SHIFT & 3);
		return STEP_DONE;
	}
	if (read_lowcore(vcpu, LC_PGM_CODE, &code, sizeof(code)) ||
	    read_lowcore(vcpu, LC_PGM_OLD_PSW, &old, sizeof(old)))
		return wrong(vcpu, -EFAULT);
	if (old.addr != expect && old.addr != expect - 4)
		return wrong(vcpu, -ESTALE);
	sie->gpsw.mask = old.mask;
	sie->gpsw.addr = expect;
	program(vcpu, code);
	step->psw_mask = old.mask;
	step->psw_addr = old.addr;
	return STEP_DONE;
}

/* ---- other steps ---- */

static struct kvm_s390_gisa *gisa(struct vcpu *vcpu)
{
	u64 origin = vcpu->sie->gd & ~GISA_FORMAT1;

	return origin ? phys_to_virt(origin) : NULL;
}

/*
 * Stays in SIE until @mask is pending in the GISA (0: never), the step's time
 * is over, or the host wants the CPU.
 */
static enum outcome spin(struct vcpu *vcpu, u8 mask, u64 usecs)
{
	struct aphwsim_step *step = &vcpu->step;
	u64 now = ktime_get_ns();
	u8 pending = 0;

	if (!vcpu->script.deadline)
		vcpu->script.deadline = usecs ? now + usecs * 1000 : U64_MAX;
	if (!enter(vcpu))
		return STEP_AGAIN;
	for (;;) {
		if (mask)
			pending = READ_ONCE(gisa(vcpu)->ipm);
		now = ktime_get_ns();
		if (pending & mask || now >= vcpu->script.deadline ||
		    now >= vcpu->slice_end || kicked(vcpu))
			break;
		cpu_relax();
	}
	leave(vcpu);
	if (!(pending & mask) && now < vcpu->script.deadline)
		return STEP_AGAIN;
	vcpu->script.deadline = 0;
	step->gr_out[0] = pending;
	finished(vcpu, APHWSIM_HOW_INTERPRETED, mask && !(pending & mask) ? 2 : 0);
	return STEP_DONE;
}

static enum outcome do_wait_ipm(struct vcpu *vcpu)
{
	if (!gisa(vcpu)) {
		finished(vcpu, APHWSIM_HOW_INTERPRETED, 3);
		return STEP_DONE;
	}
	return spin(vcpu, vcpu->step.arg[0], vcpu->step.arg[1]);
}

static enum outcome do_gisa(struct vcpu *vcpu)
{
	struct kvm_s390_gisa *g = gisa(vcpu);
	u64 *gr = vcpu->step.gr_out;
	u64 bits = (vcpu->step.arg[0] & 0xff) << 24;
	u64 *word = (u64 *)g;
	u64 old;

	if (!enter(vcpu))
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
	leave(vcpu);
	finished(vcpu, APHWSIM_HOW_INTERPRETED, g ? 0 : 3);
	return STEP_DONE;
}

static enum outcome do_masks(struct vcpu *vcpu)
{
	u64 *gr = vcpu->step.gr_out;

	if (!enter(vcpu))
		return STEP_AGAIN;
	leave(vcpu);
	gr[0] = vcpu->sie->crycbd;
	gr[1] = !!(vcpu->sie->eca & ECA_APIE);
	memcpy(&gr[2], &vcpu->masks, sizeof(vcpu->masks));
	finished(vcpu, APHWSIM_HOW_INTERPRETED, 0);
	return STEP_DONE;
}

static enum outcome do_idle(struct vcpu *vcpu)
{
	if (!enter(vcpu))
		return STEP_AGAIN;
	leave(vcpu);
	vcpu->sie->gpsw.mask |= PSW_MASK_WAIT | PSW_MASK_IO;
	vcpu->script.psw_expect = vcpu->sie->gpsw.addr;
	return intercept(vcpu, ICPT_WAIT, 0, 0);
}

/* KVM has woken the CPU: for an interruption, or for nothing */
static enum outcome after_idle(struct vcpu *vcpu)
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
		finished(vcpu, APHWSIM_HOW_INTERPRETED, 2);
		return STEP_DONE;
	}
	if (read_lowcore(vcpu, LC_IO_PARM, &parm, sizeof(parm)) ||
	    read_lowcore(vcpu, LC_IO_WORD, &word, sizeof(word)) ||
	    read_lowcore(vcpu, LC_IO_OLD_PSW, &old, sizeof(old)))
		return wrong(vcpu, -EFAULT);
	if (old.addr != vcpu->script.psw_expect)
		return wrong(vcpu, -ESTALE);
	sie->gpsw.mask = old.mask & ~(PSW_MASK_WAIT | PSW_MASK_IO);
	sie->gpsw.addr = old.addr;
	step->gr_out[0] = word;
	step->gr_out[1] = parm;
	finished(vcpu, APHWSIM_HOW_IO, 0);
	return STEP_DONE;
}

static enum outcome do_step(struct vcpu *vcpu)
{
	struct aphwsim_step *step = &vcpu->step;

	switch (step->op) {
	case APHWSIM_OP_INSN:
		return do_insn(vcpu);
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
		return wrong(vcpu, -EINVAL);
	}
}

/* ---- the script ---- */

/* Writes back what a step has come to. 0 or -EFAULT */
static int store_step(struct vcpu *vcpu)
{
	struct aphwsim_step *step = &vcpu->step;
	const size_t head = offsetof(struct aphwsim_step, gr_out);

	step->gr_out[14] = 0;
	step->gr_out[15] = 0;
	step->time_ns = ktime_get_ns();
	step->runs++;
	if (copy_to_user((u8 __user *)user_step(vcpu) + head,
			 (u8 *)step + head, sizeof(*step) - head))
		return -EFAULT;
	vcpu->script.executed++;
	return 0;
}

/* Writes back the head, but for `stop`, which others write. 0 or -EFAULT */
static int store_script(struct vcpu *vcpu)
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

/* A jump back, or on. 0 or -EFAULT */
static int do_loop(struct vcpu *vcpu)
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

static void end(struct vcpu *vcpu, u32 state, int error)
{
	vcpu->script.state = state;
	vcpu->script.error = error;
	/* if this fails, the VMM has taken its script away: it must know */
	store_script(vcpu);
	set_psw_problem(vcpu, false);
	intercept(vcpu, ICPT_INST, APHWSIM_END_IPA, APHWSIM_END_IPB);
}

static int load_step(struct vcpu *vcpu)
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

/* Executes steps until something makes the CPU leave SIE */
static void run_script(struct vcpu *vcpu)
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
			if (kicked(vcpu) || ktime_get_ns() >= vcpu->slice_end)
				break;
			continue;
		}

		if (script->state != APHWSIM_STATE_INTERCEPT)
			outcome = do_step(vcpu);
		else if (vcpu->step.op == APHWSIM_OP_IDLE)
			outcome = after_idle(vcpu);
		else
			outcome = after_insn(vcpu);

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
		set_psw_problem(vcpu, false);
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

static void run(struct vcpu *vcpu)
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

/* A CPU without a script is in an endless loop */
static void endless_loop(struct vcpu *vcpu)
{
	if (!enter(vcpu))
		return;
	while (!kicked(vcpu) && ktime_get_ns() < vcpu->slice_end)
		cpu_relax();
	leave(vcpu);
}

static int sie(struct kvm_s390_sie_block *block, u64 *gprs)
{
	struct vcpu *vcpu = kmalloc(sizeof(*vcpu), GFP_KERNEL);

	/* nothing was executed: KVM will be back */
	if (!vcpu || sim_guest_meet(block)) {
		kfree(vcpu);
		return 0;
	}
	vcpu->sie = block;
	vcpu->gprs = gprs;
	vcpu->user = (struct aphwsim_script __user *)block->gg15;
	vcpu->slice_end = ktime_get_ns() + SLICE_NS;
	vcpu->entered = false;
	vcpu->error = 0;
	if (block->gg14 == APHWSIM_SCRIPT_MAGIC)
		run(vcpu);
	else
		endless_loop(vcpu);
	kfree(vcpu);
	return 0;
}

/*
 * KVM of 6.13 and later disables interrupts and leaves it to SIE to enable them
 * while the guest runs; lockdep has been told already.
 */
static int virtual_sie(phys_addr_t phys, struct kvm_s390_sie_block *block,
		       u64 *gprs, unsigned long gasce)
{
	bool disabled = irqs_disabled();
	int ret;

	if (disabled)
		raw_local_irq_enable();
	ret = sie(block, gprs);
	if (disabled)
		raw_local_irq_disable();
	return ret;
}

/* Until 6.8 KVM passed the block and the registers alone */
static int virtual_sie_old(struct kvm_s390_sie_block *block, u64 *gprs)
{
	return virtual_sie(0, block, gprs, 0);
}

static int module_event(struct notifier_block *nb, unsigned long event,
			void *data)
{
	const struct module *module = data;
	int ret;

	if (strcmp(module->name, "kvm"))
		return NOTIFY_DONE;
	switch (event) {
	case MODULE_STATE_COMING:
		ret = sim_guest_watch();
		if (ret)
			pr_err("aphwsim: cannot watch kvm.ko: %d\n", ret);
		return ret ? notifier_from_errno(ret) : NOTIFY_OK;
	case MODULE_STATE_GOING:
		sim_guest_unwatch();
		return NOTIFY_OK;
	default:
		return NOTIFY_DONE;
	}
}

static struct notifier_block module_nb = { .notifier_call = module_event };

/* Once, before kvm.ko is loaded. 0 or -errno; it cannot be undone */
int sim_sie_init(void)
{
	int ret;

	if (sim_symbol("kvm_arch_destroy_vm"))
		return -EBUSY;
	ret = register_module_notifier(&module_nb);
	if (!ret)
		ret = sim_patch_jump("chsc_sgib", sim_irq_set_gib);
	if (!ret && sim_symbol("__sie64a"))
		ret = sim_patch_jump("__sie64a", virtual_sie);
	else if (!ret)
		ret = sim_patch_jump("sie64a", virtual_sie_old);
	if (ret)
		return ret;
	/* what kvm.ko asks for */
	sclp.has_sief2 = 1;
	css_general_characteristics.aiv = 1;
	return 0;
}
