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

/*
 * Ask @drv before apmask or aqmask is written. 0, or -ENOEXEC after one line in the
 * log if the attributes of @bus are not those that are known, or -EINTR.
 */
int vap_compat_ap_veto_start(const struct vap_ap_driver *drv, vap_compat_bus *bus);
void vap_compat_ap_veto_stop(void);

/* Tell @drv of changes of the host's AP configuration. 0 or an error. */
int vap_compat_ap_watch_start(const struct vap_ap_driver *drv, vap_compat_bus *bus);
void vap_compat_ap_watch_stop(void);

#endif
