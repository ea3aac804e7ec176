/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Locks of the simulator.
 *
 * sim_lock protects all state of the hardware: cards, queues, masks, counters,
 * the log and the findings of the oracle. It is a raw spinlock taken with
 * interrupts disabled, because AP instructions are emulated in whatever context
 * the kernel executes them. Code that holds it must not sleep, execute an AP
 * instruction or deliver an interrupt.
 *
 * sim_control_mutex serializes changes made through the control file. It is
 * taken before sim_lock.
 */
#ifndef SIM_LOCK_H
#define SIM_LOCK_H

#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

extern raw_spinlock_t sim_lock;
extern struct mutex sim_control_mutex;

#endif /* SIM_LOCK_H */
