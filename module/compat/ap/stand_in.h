/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Veto and watcher, which call a driver's callbacks in the place of an AP bus that has
 * none: ap_bus.c uses them.
 */
#ifndef VAP_COMPAT_AP_STAND_IN_H
#define VAP_COMPAT_AP_STAND_IN_H

#include "ap_bus.h"

/* Held from the question to in_use() until the bus has written its mask or not. */
extern struct mutex vap_compat_ap_veto_mutex;

/**
 * vap_compat_ap_veto_start() - ask a driver before apmask or aqmask is written
 * @drv: the driver
 * @bus: the AP bus
 *
 * Context: Process context, no lock held. Sleeps until writes in progress are complete.
 * Return: 0; -ENOEXEC after one line in the kernel log if the attributes of @bus are not as
 * expected; -ENOMEM; -EINTR
 */
int vap_compat_ap_veto_start(const struct vap_ap_driver *drv, vap_compat_bus *bus);

/**
 * vap_compat_ap_veto_stop() - undo vap_compat_ap_veto_start()
 *
 * On return no task is in a function of this module because of a write.
 *
 * Context: Process context, no lock held. Sleeps until writes in progress are complete.
 */
void vap_compat_ap_veto_stop(void);

/**
 * vap_compat_ap_watch_start() - report changes of the host's AP configuration to a driver
 * @drv: the driver
 * @bus: the AP bus
 *
 * Context: Process context, no lock held. May sleep.
 * Return: 0 or a negative errno
 */
int vap_compat_ap_watch_start(const struct vap_ap_driver *drv, vap_compat_bus *bus);

/**
 * vap_compat_ap_watch_stop() - undo vap_compat_ap_watch_start()
 *
 * Context: Process context, no lock held. Sleeps until a report in progress is complete.
 */
void vap_compat_ap_watch_stop(void);

#endif
