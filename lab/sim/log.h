/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counters, and the log of the last instructions. All under sim_lock.
 */
#ifndef SIM_LOG_H
#define SIM_LOG_H

#include "ap.h"

struct sim_log_entry {
	u64 seq;
	u64 time_ns;
	u64 gr1;
	u32 owner;
	u16 apqn;
	u8 fc;
	u8 rc;
	u8 cc;
	u8 pgm;
	bool tbit;
};

#define SIM_LOG_ENTRIES	8192

extern u64 sim_counts[SIM_NR_FC];
extern u64 sim_sie_entries;
extern u64 sim_uv_creates;

int sim_log_init(void);
void sim_log_exit(void);
void sim_log_add(u32 owner, enum sim_fc fc, u16 apqn, u8 rc, int cc, u16 pgm,
		 u64 gr1, bool tbit);
u32 sim_log_snapshot(struct sim_log_entry *entries, u32 max);
void sim_log_clear(void);

#endif /* SIM_LOG_H */
