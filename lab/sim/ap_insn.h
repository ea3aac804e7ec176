/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PQAP, NQAP and DQAP, executed for the host or for a guest.
 */
#ifndef SIM_AP_INSN_H
#define SIM_AP_INSN_H

#include "ap.h"
#include "msg.h"
#include "queue.h"

/* Who executes an instruction */
struct sim_who {
	u32 owner;
	bool narrow;			/* a guest without APXA */
	bool protected;			/* a guest in secure execution */
	const struct sim_masks *masks;	/* of the guest; NULL: the host */
	enum sim_part part;		/* of the host */
};

struct sim_result {
	int cc;
	u16 pgm;			/* program interruption, else 0 */
	struct sim_qci qci;		/* QCI: to be stored at gr2 */
};

void sim_pqap(const struct sim_who *who, u64 gr[3], struct sim_result *result);
void sim_nqap(const struct sim_who *who, u64 gr[2], struct sim_msg *msg,
	      struct sim_result *result);
void sim_dqap(const struct sim_who *who, u64 gr[3], void *buf, u32 len,
	      struct sim_transfer *transfer, struct sim_result *result);

#endif /* SIM_AP_INSN_H */
