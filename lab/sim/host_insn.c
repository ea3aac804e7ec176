// SPDX-License-Identifier: GPL-2.0-only
/*
 * AP instructions that the host kernel executes.
 *
 * The CPU does not have them, so each raises an operation exception, and the
 * kernel calls the die notifier chain. The notifier here decodes the instruction
 * from memory, executes it, and lets the interrupted context continue behind it.
 * It ignores an instruction that ends in a program interruption, so the kernel
 * handles the exception as on a real machine.
 *
 * The notifier runs with the locks that the interrupted context holds.
 */
#include <linux/kdebug.h>
#include <linux/ptrace.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "ap_insn.h"
#include "guest_driver.h"
#include "host_insn.h"
#include "uv.h"

#define OP_NQAP	0xb2ad
#define OP_DQAP	0xb2ae
#define OP_PQAP	0xb2af
#define OP_UVC	0xb9a4
#define OP_PLO	0xee

#define PSW_CC_SHIFT	44

static void set_cc(struct pt_regs *regs, int cc)
{
	regs->psw.mask &= ~(3UL << PSW_CC_SHIFT);
	regs->psw.mask |= (unsigned long)cc << PSW_CC_SHIFT;
}

/* The address of an instruction tells which part of the host executes it */
static struct sim_who who_is(const struct pt_regs *regs)
{
	return (struct sim_who) {
		.owner = SIM_OWNER_HOST,
		.part = sim_part_of(regs->psw.addr),
	};
}

static bool host_pqap(struct pt_regs *regs)
{
	u64 gr[3] = { regs->gprs[0], regs->gprs[1], regs->gprs[2] };
	struct sim_who host = who_is(regs);
	struct sim_result result;

	sim_pqap(&host, gr, &result);
	if (result.pgm)
		return false;
	if ((gr[0] >> 24 & 0xff) == SIM_QCI)
		memcpy((void *)gr[2], &result.qci, sizeof(result.qci));
	regs->gprs[0] = gr[0];
	regs->gprs[1] = gr[1];
	regs->gprs[2] = gr[2];
	set_cc(regs, result.cc);
	return true;
}

static bool host_nqap(struct pt_regs *regs, unsigned int r1, unsigned int r2)
{
	u64 gr[2] = { regs->gprs[0], regs->gprs[1] };
	u64 len = regs->gprs[r2 + 1];
	struct sim_who host = who_is(regs);
	struct sim_msg *msg = NULL;
	struct sim_result result;

	if (len <= SIM_MAX_MSG)
		msg = sim_msg_alloc(len, GFP_ATOMIC | __GFP_NOWARN);
	if (msg) {
		msg->psmid = (u64)(u32)regs->gprs[r1] << 32 |
			     (u32)regs->gprs[r1 + 1];
		msg->len = len;
		memcpy(msg->data, (void *)regs->gprs[r2], len);
	}
	sim_nqap(&host, gr, msg, &result);
	if (result.pgm || result.cc)
		kfree(msg);
	if (result.pgm)
		return false;
	if (!result.cc) {
		regs->gprs[r2] += len;
		regs->gprs[r2 + 1] = 0;
	}
	regs->gprs[1] = gr[1];
	set_cc(regs, result.cc);
	return true;
}

static bool host_dqap(struct pt_regs *regs, unsigned int r1, unsigned int r2)
{
	u64 gr[3] = { regs->gprs[0], regs->gprs[1], regs->gprs[2] };
	struct sim_who host = who_is(regs);
	struct sim_transfer transfer;
	struct sim_result result;

	sim_dqap(&host, gr, (void *)regs->gprs[r2], regs->gprs[r2 + 1],
		 &transfer, &result);
	if (result.pgm)
		return false;
	regs->gprs[0] = gr[0];
	regs->gprs[1] = gr[1];
	regs->gprs[2] = gr[2];
	regs->gprs[r2] += transfer.done;
	regs->gprs[r2 + 1] -= transfer.done;
	if (transfer.done) {
		regs->gprs[r1] = transfer.psmid >> 32;
		regs->gprs[r1 + 1] = (u32)transfer.psmid;
	}
	set_cc(regs, result.cc);
	return true;
}

/* Ultravisor call: the second register has the address of the control block */
static bool host_uvc(struct pt_regs *regs, unsigned int r2)
{
	int cc = sim_uv_call(regs->gprs[r2]);

	if (cc < 0)
		return false;
	set_cc(regs, cc);
	return true;
}

static bool emulate(struct pt_regs *regs)
{
	unsigned int ilc = regs->int_code >> 16;
	const u8 *insn = (const u8 *)(regs->psw.addr - ilc);

	/* PERFORM LOCKED OPERATION: kvm.ko tests which functions exist */
	if (ilc == 6 && insn[0] == OP_PLO) {
		set_cc(regs, 3);
		return true;
	}
	if (ilc != 4)
		return false;
	switch (insn[0] << 8 | insn[1]) {
	case OP_PQAP:
		return host_pqap(regs);
	case OP_NQAP:
		return host_nqap(regs, insn[3] >> 4, insn[3] & 15);
	case OP_DQAP:
		return host_dqap(regs, insn[3] >> 4, insn[3] & 15);
	case OP_UVC:
		return host_uvc(regs, insn[3] & 15);
	default:
		return false;
	}
}

static int illegal_op(struct notifier_block *nb, unsigned long event,
		      void *data)
{
	struct die_args *args = data;

	if (event != DIE_BPT || user_mode(args->regs))
		return NOTIFY_DONE;
	return emulate(args->regs) ? NOTIFY_STOP : NOTIFY_DONE;
}

static struct notifier_block insn_nb = {
	.notifier_call = illegal_op,
	.priority = INT_MAX,
};

int sim_insn_init(void)
{
	return register_die_notifier(&insn_nb);
}

void sim_insn_exit(void)
{
	unregister_die_notifier(&insn_nb);
}
