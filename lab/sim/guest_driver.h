/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver of queues for guests: the module vfio_ap, whichever it is.
 */
#ifndef SIM_GUEST_DRIVER_H
#define SIM_GUEST_DRIVER_H

#include <linux/types.h>

#define SIM_GUEST_DRIVER_NAME	"vfio_ap"

int sim_guest_driver_init(void);
void sim_guest_driver_exit(void);
bool sim_guest_driver_has(unsigned long address);

#endif /* SIM_GUEST_DRIVER_H */
