/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The masks of a guest, as its CRYCB holds them.
 */
#ifndef SIM_CRYCB_H
#define SIM_CRYCB_H

#include "ap.h"

struct sim_crycb {
	u64 origin;	/* host absolute address, without format bits; 0: none */
	u32 format;
	bool apie;	/* AP instructions are interpreted; not used to read */
	/* the self-test has no CRYCB: masks to use instead */
	const struct sim_masks *fixed;
};

void sim_crycb_read(const struct sim_crycb *crycb, struct sim_masks *masks);

#endif /* SIM_CRYCB_H */
