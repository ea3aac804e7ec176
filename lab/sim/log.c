// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters, and the log of the last instructions.
 */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "lock.h"
#include "log.h"

u64 sim_counts[SIM_NR_FC];
u64 sim_sie_entries;
u64 sim_uv_creates;		/* Ultravisor calls to create a configuration */

static struct sim_log_entry *ring;
static u64 next_seq = 1;
static u64 first_seq = 1;	/* earlier entries were cleared */

int sim_log_init(void)
{
	ring = vzalloc(array_size(SIM_LOG_ENTRIES, sizeof(*ring)));
	return ring ? 0 : -ENOMEM;
}

void sim_log_exit(void)
{
	vfree(ring);
}

/* Counts and logs one instruction, executed or refused */
void sim_log_add(u32 owner, enum sim_fc fc, u16 apqn, u8 rc, int cc, u16 pgm,
		 u64 gr1, bool tbit)
{
	struct sim_log_entry *entry = &ring[next_seq % SIM_LOG_ENTRIES];

	lockdep_assert_held(&sim_lock);

	sim_counts[fc]++;
	*entry = (struct sim_log_entry) {
		.seq = next_seq++,
		.time_ns = ktime_get_mono_fast_ns(),
		.gr1 = gr1,
		.owner = owner,
		.apqn = apqn,
		.fc = fc,
		.rc = rc,
		.cc = cc,
		.pgm = pgm,
		.tbit = tbit,
	};
}

/* Copies up to @max of the last entries, oldest first. Returns the number. */
u32 sim_log_snapshot(struct sim_log_entry *entries, u32 max)
{
	u64 seq = first_seq;
	u32 nr = 0;

	lockdep_assert_held(&sim_lock);

	if (next_seq - seq > SIM_LOG_ENTRIES)
		seq = next_seq - SIM_LOG_ENTRIES;
	if (next_seq - seq > max)
		seq = next_seq - max;
	while (seq < next_seq)
		entries[nr++] = ring[seq++ % SIM_LOG_ENTRIES];
	return nr;
}

void sim_log_clear(void)
{
	lockdep_assert_held(&sim_lock);

	first_seq = next_seq;
}
