/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commands that change queues. @apply false: only check the form. NULL, or
 * what is wrong.
 */
#ifndef SIM_CONTROL_QUEUE_H
#define SIM_CONTROL_QUEUE_H

#include <linux/types.h>

const char *sim_queue_busy(int argc, char **argv, bool apply);
const char *sim_queue_stuck(int argc, char **argv, bool apply);
const char *sim_queue_reset_latency(int argc, char **argv, bool apply);
const char *sim_queue_latency(int argc, char **argv, bool apply);
const char *sim_queue_irq_latency(int argc, char **argv, bool apply);
const char *sim_queue_drain_latency(int argc, char **argv, bool apply);
const char *sim_queue_insn_latency(int argc, char **argv, bool apply);
const char *sim_queue_default(int argc, char **argv, bool apply);
const char *sim_queue_assocfail(int argc, char **argv, bool apply);
const char *sim_queue_resetfail(int argc, char **argv, bool apply);
const char *sim_inject_command(int argc, char **argv, bool apply);

#endif /* SIM_CONTROL_QUEUE_H */
