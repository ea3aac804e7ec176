/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The stock AP bus. Callers hold sim_control_mutex.
 */
#ifndef SIM_AP_BUS_H
#define SIM_AP_BUS_H

#include <linux/types.h>

int sim_bus_start(void);
int sim_bus_configchange(void);
int sim_bus_reclaim(u16 apqn);
int sim_bus_unscanned(void);

#endif /* SIM_AP_BUS_H */
