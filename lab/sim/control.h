/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the control room share.
 */
#ifndef SIM_CONTROL_H
#define SIM_CONTROL_H

#include "sim.h"

#define SIM_NR_CONFIGS	3
extern const char * const sim_config_names[SIM_NR_CONFIGS];

/* A command: NULL, or what is wrong. @apply false: look at the form only */
typedef const char *(*command_fn)(int argc, char **argv, bool apply);

/* control.c: words */
const char *sim_parse_on(const char *word, bool *on);
const char *sim_parse_number(const char *word, u32 max, u32 *value);
const char *sim_parse_rc(const char *word, u8 *rc);
const char *sim_parse_ids(char *list, u64 ids[4]);
const char *sim_option(const char *word, const char *key);

/* control_queue.c: commands */
const char *sim_queue_busy(int argc, char **argv, bool apply);
const char *sim_queue_stuck(int argc, char **argv, bool apply);
const char *sim_queue_reset_latency(int argc, char **argv, bool apply);
const char *sim_queue_latency(int argc, char **argv, bool apply);
const char *sim_queue_default(int argc, char **argv, bool apply);
const char *sim_queue_resetfail(int argc, char **argv, bool apply);
const char *sim_inject_command(int argc, char **argv, bool apply);

#endif /* SIM_CONTROL_H */
