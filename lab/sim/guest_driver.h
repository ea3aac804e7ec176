/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which part of the host executes an instruction: the driver of queues for guests
 * (the module vfio_ap, whichever it is), the AP bus, or others.
 */
#ifndef SIM_GUEST_DRIVER_H
#define SIM_GUEST_DRIVER_H

#include "ap.h"

#define SIM_GUEST_DRIVER_NAME	"vfio_ap"

int sim_guest_driver_init(void);
void sim_guest_driver_exit(void);
enum sim_part sim_part_of(unsigned long address);

#endif /* SIM_GUEST_DRIVER_H */
