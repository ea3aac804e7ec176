/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages that the hardware may write to: pinned by VFIO, shared by a protected
 * guest, and freed.
 */
#ifndef SIM_PAGES_H
#define SIM_PAGES_H

#include <linux/types.h>

bool sim_page_pinned(u64 address);
bool sim_page_shared(u64 address);
bool sim_page_share(u64 address);
void sim_uv_refuse(bool on);
int sim_pages_watch_free(void);
int sim_pages_watch_pins(void);
void sim_pages_unwatch_pins(void);

#endif /* SIM_PAGES_H */
