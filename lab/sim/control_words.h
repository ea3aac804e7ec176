/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words of control commands. A parser returns NULL, or what is wrong.
 */
#ifndef SIM_CONTROL_WORDS_H
#define SIM_CONTROL_WORDS_H

#include <linux/types.h>

const char *sim_parse_on(const char *word, bool *on);
const char *sim_parse_number(const char *word, u32 max, u32 *value);
const char *sim_parse_id(const char *word, u32 *id);
const char *sim_parse_rc(const char *word, u8 *rc);
const char *sim_parse_ids(char *list, u64 ids[4]);
bool sim_option(const char *word, const char *key, const char **value);

#endif /* SIM_CONTROL_WORDS_H */
