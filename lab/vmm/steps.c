// SPDX-License-Identifier: GPL-2.0-only
/*
 * AP instructions as steps of a guest script: their registers before and after.
 */
#include "lab_vmm.h"

#define GR0_FC_SHIFT	24
#define GR0_NQAP	0x40000000UL
#define GR0_DQAP	0x80000000UL
#define GR1_AQIC_IR	(1UL << 47)

/* Register pairs used: gr4/5 for the psmid, gr6/7 for the message. */
#define R_PSMID		4
#define R_MSG		6

void lab_step_pqap(struct aphwsim_step *step, uint64_t gr0, uint64_t gr1, uint64_t gr2)
{
	step->op = APHWSIM_OP_INSN;
	step->insn = APHWSIM_INSN_PQAP;
	step->gr_in[0] = gr0;
	step->gr_in[1] = gr1;
	step->gr_in[2] = gr2;
}

void lab_step_aqic(struct aphwsim_step *step, unsigned int apqn, bool on,
		   unsigned int isc, uint64_t nib)
{
	lab_step_pqap(step, (uint64_t)LAB_AQIC << GR0_FC_SHIFT | apqn,
		      (on ? GR1_AQIC_IR : 0) | isc, nib);
}

void lab_step_qci(struct aphwsim_step *step, uint64_t addr)
{
	lab_step_pqap(step, (uint64_t)LAB_QCI << GR0_FC_SHIFT, 0, addr);
}

void lab_step_nqap(struct aphwsim_step *step, unsigned int apqn, uint64_t psmid,
		   uint64_t addr, uint64_t len)
{
	step->op = APHWSIM_OP_INSN;
	step->insn = APHWSIM_INSN_RR(APHWSIM_INSN_NQAP, R_PSMID, R_MSG);
	step->gr_in[0] = GR0_NQAP | apqn;
	step->gr_in[R_PSMID] = psmid >> 32;
	step->gr_in[R_PSMID + 1] = psmid & 0xffffffffUL;
	step->gr_in[R_MSG] = addr;
	step->gr_in[R_MSG + 1] = len;
}

void lab_step_dqap(struct aphwsim_step *step, unsigned int apqn, uint64_t addr, uint64_t len)
{
	step->op = APHWSIM_OP_INSN;
	step->insn = APHWSIM_INSN_RR(APHWSIM_INSN_DQAP, R_PSMID, R_MSG);
	step->gr_in[0] = GR0_DQAP | apqn;
	step->gr_in[R_MSG] = addr;
	step->gr_in[R_MSG + 1] = len;
}

uint32_t lab_step_status(const struct aphwsim_step *step)
{
	return (uint32_t)step->gr_out[1];
}

unsigned int lab_step_rc(const struct aphwsim_step *step)
{
	return lab_step_status(step) >> 16 & 0xff;
}

uint64_t lab_step_psmid(const struct aphwsim_step *step)
{
	return step->gr_out[R_PSMID] << 32 | (step->gr_out[R_PSMID + 1] & 0xffffffffUL);
}

/* How much of the buffer DQAP has filled: it counts the length register down. */
uint64_t lab_step_reply_len(const struct aphwsim_step *step)
{
	return step->gr_in[R_MSG + 1] - step->gr_out[R_MSG + 1];
}
