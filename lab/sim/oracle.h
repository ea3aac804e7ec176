/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The oracle: who may have seen whose data. All under sim_lock.
 */
#ifndef SIM_ORACLE_H
#define SIM_ORACLE_H

#include <linux/list.h>
#include "crycb.h"

#define SIM_MAX_FINDINGS	256

struct sim_finding {
	bool sharing;
	u16 apqn;
	u32 nr_apqns;
	u32 owner, other;
	enum sim_fc fc;
	u64 time_ns;
};

struct sim_oracle {
	u64 entries, instructions, transfers, leaks, sharings;
	u32 nr_findings;
	struct sim_finding findings[SIM_MAX_FINDINGS];
	struct list_head guests;	/* struct sim_guest */
	u64 (*bound)[4];		/* [256]: queues with a host driver */
	u32 generation;			/* of bound */
};

/* A VM, as far as AP is concerned */
struct sim_guest {
	struct list_head list;
	u32 id;
	int pid;			/* thread group of the VMM */
	struct sim_crycb crycb;
	u64 gisa;
	u64 entries;
	u32 updating;			/* KVM is writing its masks */
	u32 bound_generation;		/* of the oracle, at the last comparison */
	u32 shares_host;
	struct list_head shares;
	struct sim_masks masks;		/* of the last entry */
};

extern struct sim_oracle sim_oracle;

int sim_oracle_create(struct sim_oracle *oracle);
void sim_oracle_destroy(struct sim_oracle *oracle);
void sim_oracle_clear(struct sim_oracle *oracle);
void sim_oracle_transfer(struct sim_oracle *oracle, u16 apqn, u32 *taint,
			 u32 owner, enum sim_fc fc);
void sim_oracle_entry(struct sim_oracle *oracle, struct sim_guest *guest);
void sim_oracle_bind(struct sim_oracle *oracle, u16 apqn, bool bound);
void sim_oracle_remove_guest(struct sim_oracle *oracle, struct sim_guest *guest);

#endif /* SIM_ORACLE_H */
