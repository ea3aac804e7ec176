/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Debug room: s390dbf records.
 *
 * /sys/kernel/debug/s390dbf/vfio_ap holds what administrators, the AP bus and
 * the hardware cause; vfio_ap_guest what guests cause, apart, so that no guest
 * can overwrite the former. s390dbf keeps arguments, not text: nothing may be
 * logged by pointer, except words of this module's read-only data, which
 * outlive the records (they are unregistered before the module goes).
 */
#ifndef VAP_DEBUG_H
#define VAP_DEBUG_H

#include <asm/debug.h>
#include "model/model.h"

extern debug_info_t *vap_debug_host;
extern debug_info_t *vap_debug_guest;

int vap_debug_init(void);
void vap_debug_exit(void);

/* An mdev in a record: its UUID without dashes. */
#define VAP_MDEV_FMT		"%016lx%016lx"
#define VAP_MDEV_ARGS(mdev)	vap_debug_uuid(mdev, 0), vap_debug_uuid(mdev, 1)

/* One half of the UUID; all zero for NULL. */
unsigned long vap_debug_uuid(const struct vap_mdev *mdev, unsigned int half);

enum vap_debug_level {
	VAP_LOG_ERR = 3,
	VAP_LOG_WARN = 4,
	VAP_LOG_INFO = 5,
	VAP_LOG_DEBUG = 6,
};

#define vap_log(level, fmt, ...) \
	debug_sprintf_event(vap_debug_host, level, fmt "\n", ##__VA_ARGS__)
#define vap_log_guest(level, fmt, ...) \
	debug_sprintf_event(vap_debug_guest, level, fmt "\n", ##__VA_ARGS__)

#endif
