/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Ultravisor, as far as it is simulated.
 */
#ifndef SIM_UV_H
#define SIM_UV_H

#include <linux/types.h>

int sim_uv_call(u64 block);
int sim_uv_host(bool on);
void sim_uv_busy(bool on);

#endif /* SIM_UV_H */
