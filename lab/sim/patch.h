/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Symbols and text of the running kernel.
 */
#ifndef SIM_PATCH_H
#define SIM_PATCH_H

#include <linux/types.h>

int sim_patch_init(void);
unsigned long sim_symbol(const char *name);
void sim_patch_data(void *to, const void *from, size_t size);
int sim_patch_jump(const char *name, void *to);
int sim_patch_keep_init_text(void);
unsigned int sim_patch_returns(void);

#endif /* SIM_PATCH_H */
