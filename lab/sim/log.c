// SPDX-License-Identifier: GPL-2.0-only
/*
 * Log room: exact counters, and the last instructions in order.
 */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "sim.h"

const char * const sim_fc_names[SIM_NR_FC] = {
	[SIM_TAPQ] = "tapq", [SIM_RAPQ] = "rapq", [SIM_ZAPQ] = "zapq",
	[SIM_AQIC] = "aqic", [SIM_QCI] = "qci", [SIM_QACT] = "qact",
	[SIM_NQAP] = "nqap", [SIM_DQAP] = "dqap",
};

u64 sim_counts[SIM_NR_FC];
u64 sim_sie_entries;

static struct sim_log_entry *ring;
static u64 next_seq = 1;
static u64 first_seq = 1;	/* older ones were cleared */

int sim_log_init(void)
{
	ring = vzalloc(array_size(SIM_LOG_ENTRIES, sizeof(*ring)));
	return ring ? 0 : -ENOMEM;
}

void sim_log_exit(void)
{
	vfree(ring);
}

/* Counts and logs one instruction that has been carried out or refused */
void sim_log_add(u32 owner, enum sim_fc fc, u16 apqn, u8 rc, int cc, u16 pgm,
		 u64 gr1, bool tbit)
{
	struct sim_log_entry *entry = &ring[next_seq % SIM_LOG_ENTRIES];

	lockdep_assert_held(&sim_hw.lock);

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

/* Copies the last entries, oldest first. Returns how many */
u32 sim_log_snapshot(struct sim_log_entry *entries, u32 max)
{
	u64 seq = first_seq;
	u32 nr = 0;

	lockdep_assert_held(&sim_hw.lock);

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
	lockdep_assert_held(&sim_hw.lock);

	first_seq = next_seq;
}

/* All counters to zero, those of the queues too */
void sim_counts_reset(void)
{
	unsigned int apqn;

	lockdep_assert_held(&sim_hw.lock);

	memset(sim_counts, 0, sizeof(sim_counts));
	sim_sie_entries = 0;
	for (apqn = 0; apqn < SIM_MAX_APQNS; apqn++)
		if (sim_hw.queues[apqn])
			memset(sim_hw.queues[apqn]->counts, 0,
			       sizeof(sim_hw.queues[apqn]->counts));
}

/* "none", "host" or "guest:ID" */
int sim_owner_name(char *buf, size_t size, u32 owner)
{
	switch (owner) {
	case SIM_OWNER_NONE:
		return scnprintf(buf, size, "none");
	case SIM_OWNER_HOST:
		return scnprintf(buf, size, "host");
	default:
		return scnprintf(buf, size, "guest:%u", SIM_GUEST_ID(owner));
	}
}
