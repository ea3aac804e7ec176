/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * Guest scripts: what the virtual SIE executes.
 *
 * No CPU can run guest code here, so a VMM passes the instructions of the guest
 * as a script, and the virtual SIE executes them in the thread of the vCPU,
 * inside KVM_RUN. Shared by the simulator and its clients.
 *
 * How to run a script:
 *  1. Fill a struct aphwsim_script (magic, version, nr, mem_base, mem_size,
 *     steps), state and pc zero. It must stay mapped and writable.
 *  2. Guest gr14 := APHWSIM_SCRIPT_MAGIC, gr15 := user-space address of the
 *     script (8 byte aligned), PSW address := any even value, PSW mask :=
 *     APHWSIM_PSW_MASK. Both registers must not change until the end.
 *  3. KVM_RUN. It returns
 *     - with KVM_EXIT_S390_SIEIC, icptcode 4, ipa APHWSIM_END_IPA, ipb
 *       APHWSIM_END_IPB: the script has ended (state is DONE or ERROR);
 *     - with any other exit: KVM wants user space to act (e.g. icptcode 4 and
 *       ipa 0xb2af: a PQAP that KVM does not handle). Do what a VMM does
 *       there (set registers and the condition code in the PSW, or inject a
 *       program interruption) and call KVM_RUN again: the script continues;
 *     - with EINTR: a signal; call KVM_RUN again.
 *  4. Read each step's results. To run again: state = pc = 0 (and stop = 0).
 *
 * A vCPU whose gr14 does not hold the magic executes an endless loop in SIE: no
 * instructions that matter, and it leaves when it is kicked.
 */
#ifndef APHWSIM_UAPI_H
#define APHWSIM_UAPI_H

#include <linux/types.h>

#define APHWSIM_SCRIPT_MAGIC	0x6170687773696d21ULL	/* "aphwsim!" */
#define APHWSIM_SCRIPT_VERSION	1
#define APHWSIM_MAX_STEPS	65536

/* interception like that of diag 0x500, which KVM does not handle */
#define APHWSIM_END_IPA		0x8399
#define APHWSIM_END_IPB		0x05000000

/* 64 bit addressing, everything disabled, supervisor state */
#define APHWSIM_PSW_MASK	0x0000000180000000ULL

/* instruction words, for step->insn; or'ed with (R1 << 4) | R2 for NQAP/DQAP */
#define APHWSIM_INSN_PQAP	0xb2af0000U
#define APHWSIM_INSN_NQAP	0xb2ad0000U
#define APHWSIM_INSN_DQAP	0xb2ae0000U
#define APHWSIM_INSN_RR(insn, r1, r2)	((insn) | ((r1) << 4) | (r2))

/* step->op */
enum aphwsim_op {
	/* end of script, like reaching step number nr */
	APHWSIM_OP_END		= 0,
	/* the AP instruction in insn, registers gr_in[0..13] */
	APHWSIM_OP_INSN		= 1,
	/* go to step arg[0], arg[1] times (0: until script->stop), then go on */
	APHWSIM_OP_LOOP		= 2,
	/* execute nothing, in SIE, for arg[0] microseconds (0: until stop) */
	APHWSIM_OP_SPIN		= 3,
	/*
	 * Stay in SIE until the GISA has a pending bit of mask arg[0] (bit 0x80
	 * is ISC 0 ... 0x01 is ISC 7) or arg[1] microseconds have passed (0: no
	 * limit). cc 0: pending, cc 2: timeout, cc 3: there is no GISA.
	 * gr_out[0]: pending mask.
	 */
	APHWSIM_OP_WAIT_IPM	= 4,
	/*
	 * gr_out[0]: pending mask (IPM), [1]: alert mask (IAM), [2]: GISA
	 * origin (host absolute address, 0: none), [3]: format, [4]: next alert
	 */
	APHWSIM_OP_READ_GISA	= 5,
	/*
	 * Take the adapter interrupt: clears arg[0]'s bits in the GISA's IPM.
	 * gr_out[0]: which of them were pending.
	 */
	APHWSIM_OP_TAKE_IPM	= 6,
	/*
	 * Enabled wait: KVM gets a wait interception with the PSW enabled for
	 * I/O interruptions, and control register 6 as the VMM has set it, so
	 * that KVM sleeps until it has something to deliver. Needs a valid I/O
	 * new PSW in the guest's lowcore. gr_out[0]: I/O interruption word,
	 * gr_out[1]: interruption parameter, both as KVM stored them.
	 */
	APHWSIM_OP_IDLE		= 7,
	/*
	 * What this guest may use, as SIE sees it at this entry. gr_out[0]:
	 * CRYCB designation; [1]: 1 if APIE is on; [2] to [13]: APM, AQM and
	 * ADM, four doublewords each.
	 */
	APHWSIM_OP_READ_MASKS	= 8,
};

/* step->flags */
#define APHWSIM_F_PROBLEM	0x1U	/* in problem state */
/*
 * Repeat NQAP and DQAP, as programs do, while the condition code says that the
 * operation is not complete (cc 2; DQAP also cc 1).
 */
#define APHWSIM_F_COMPLETE	0x2U

/* step->how */
enum aphwsim_how {
	APHWSIM_HOW_NOT_RUN	= 0,
	APHWSIM_HOW_INTERPRETED	= 1,	/* executed under the CRYCB */
	APHWSIM_HOW_INTERCEPTED	= 2,	/* KVM or user space gave the result */
	APHWSIM_HOW_PROGRAM	= 3,	/* program interruption, see pgm_code */
	APHWSIM_HOW_IO		= 4,	/* APHWSIM_OP_IDLE: I/O interruption */
};

struct aphwsim_step {
	/* given by the VMM */
	__u32 op;
	__u32 flags;
	__u32 insn;
	__u32 pad0;
	__u64 arg[2];
	__u64 gr_in[16];	/* 14 and 15 are not used */
	/* answered by the virtual SIE */
	__u64 gr_out[16];	/* 14 and 15 are zero */
	__u64 psw_mask;		/* guest PSW after it (old PSW if interrupted) */
	__u64 psw_addr;
	__u64 time_ns;		/* CLOCK_MONOTONIC at its last completion */
	__u64 wait_ns;		/* how long the thread had waited for a CPU until then */
	__u32 how;
	__u32 cc;
	__u32 pgm_code;		/* program interruption code, 0: none */
	__u32 runs;		/* completed executions, counted up */
	__u32 by_kvm;		/* the interruption came out of an interception */
	__u32 iter;		/* LOOP: jumps taken in the present round */
};

/* script->state */
enum aphwsim_state {
	APHWSIM_STATE_NEW	= 0,
	APHWSIM_STATE_RUNNING	= 1,
	APHWSIM_STATE_INTERCEPT	= 2,	/* the result of step pc is pending */
	APHWSIM_STATE_DONE	= 3,
	APHWSIM_STATE_ERROR	= 4,	/* see error */
};

struct aphwsim_script {
	__u64 magic;
	__u32 version;
	__u32 nr;		/* number of steps */
	__u32 pc;		/* next step, or the one whose result is pending */
	__u32 state;
	__s32 error;		/* negative errno, what is wrong with the script */
	__u32 stop;		/* any thread sets it: ends before the next step */
	__u64 mem_base;		/* user-space address of guest absolute 0 */
	__u64 mem_size;		/* bytes; beyond it: addressing exception */
	__u64 entries;		/* SIE entries made for this script */
	__u64 executed;		/* steps completed, including repeated ones */
	/* private to the virtual SIE; zero at first */
	__u64 psw_expect;
	__u64 deadline;
	__u64 reserved[3];
	struct aphwsim_step steps[];
};

#endif /* APHWSIM_UAPI_H */
