/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * s390dbf records: the one list of what is recorded.
 *
 * /sys/kernel/debug/s390dbf/vfio_ap holds what administrators, the AP bus and
 * the hardware cause; vfio_ap_guest holds what guests cause, so that no guest
 * can overwrite the former. s390dbf keeps arguments, not text: nothing may be
 * recorded by pointer, except words of this module's read-only data, which
 * outlive the records (they are unregistered before the module goes).
 *
 * Each record has a level and a format. An APQN takes VAP_APQN_ARGS(), an mdev
 * VAP_MDEV_ARGS(): its UUID without dashes, zeros for NULL.
 */
#ifndef VAP_RECORD_H
#define VAP_RECORD_H

#include <asm/debug.h>
#include "model/model.h"

#define VAP_MDEV_FMT		"%016lx%016lx"
#define VAP_MDEV_ARGS(mdev)	vap_record_uuid(mdev, 0), vap_record_uuid(mdev, 1)

enum vap_record_level {
	VAP_RECORD_ERR = 3,
	VAP_RECORD_WARN = 4,
	VAP_RECORD_INFO = 5,
	VAP_RECORD_DEBUG = 6,
};

/* What is recorded in vfio_ap: vap_record(NAME, arguments of the format). */
#define VAP_REC_BIND	VAP_RECORD_INFO, "bind " VAP_APQN_FMT " mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_BIND_MANY	VAP_RECORD_INFO, "bind %u queues from " VAP_APQN_FMT " on\n"
#define VAP_REC_UNBIND	VAP_RECORD_INFO, "unbind " VAP_APQN_FMT " mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_BUS_REINIT	VAP_RECORD_WARN,\
	"reinitialised by the AP bus: " VAP_APQN_FMT " mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_HOST_CHANGES	VAP_RECORD_INFO, "host configuration changes\n"
#define VAP_REC_HOST_COMPLETE	VAP_RECORD_INFO, "host configuration is complete\n"
#define VAP_REC_VETO	VAP_RECORD_WARN,\
	"veto: " VAP_APQN_FMT " and %u more are mdev " VAP_MDEV_FMT "'s\n"
#define VAP_REC_ASSIGN_REFUSED	VAP_RECORD_WARN,\
	"assign " VAP_APQN_FMT " to mdev " VAP_MDEV_FMT ": the host's\n"
#define VAP_REC_ASSIGN_ID	VAP_RECORD_INFO, "%s %s %02x mdev " VAP_MDEV_FMT ": %d\n"
#define VAP_REC_ASSIGN_QUEUES	VAP_RECORD_INFO,\
	"%s %s %02x, %u queues from " VAP_APQN_FMT " on, mdev " VAP_MDEV_FMT ": %d\n"
#define VAP_REC_ATTACH	VAP_RECORD_INFO, "attach mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_DETACH	VAP_RECORD_INFO, "detach mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_FILTER	VAP_RECORD_INFO,\
	"filter " VAP_APQN_FMT " from mdev " VAP_MDEV_FMT ": %s\n"
#define VAP_REC_PLUG	VAP_RECORD_INFO, "plug " VAP_APQN_FMT " into mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_PLUG_MANY	VAP_RECORD_INFO,\
	"plug %u queues from " VAP_APQN_FMT " on into mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_UNPLUG	VAP_RECORD_INFO, "unplug " VAP_APQN_FMT " from mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_UNPLUG_MANY	VAP_RECORD_INFO,\
	"unplug %u queues from " VAP_APQN_FMT " on from mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_RESET_IN_PLACE	VAP_RECORD_INFO,\
	"reset of %u queues in place for mdev " VAP_MDEV_FMT "\n"
#define VAP_REC_RESET_COMPLETE	VAP_RECORD_INFO,\
	"reset " VAP_APQN_FMT " complete for mdev " VAP_MDEV_FMT ", rc %02x after %u looks\n"
#define VAP_REC_RESET_COMPLETE_MANY	VAP_RECORD_INFO,\
	"reset of %u queues from " VAP_APQN_FMT " on complete, the first for mdev "\
	VAP_MDEV_FMT " after %u looks\n"
#define VAP_REC_RESET_IMPOSSIBLE	VAP_RECORD_WARN,\
	"reset " VAP_APQN_FMT " impossible for mdev " VAP_MDEV_FMT ", rc %02x\n"
#define VAP_REC_RESET_FAILED	VAP_RECORD_ERR,\
	"reset " VAP_APQN_FMT " failed for mdev " VAP_MDEV_FMT ", rc %02x\n"

/* What is recorded in vfio_ap_guest: vap_record_guest(NAME, ...). */
#define VAP_REC_AQIC	VAP_RECORD_DEBUG,\
	"aqic " VAP_APQN_FMT " mdev " VAP_MDEV_FMT ": gr1 %016lx nib %016lx rc %02x\n"
#define VAP_REC_AQIC_REFUSED	VAP_RECORD_INFO,\
	"aqic " VAP_APQN_FMT " mdev " VAP_MDEV_FMT ": gr1 %016lx nib %016lx rc %02x\n"
#define VAP_REC_NIB_UNMAPPED	VAP_RECORD_INFO,\
	"unmap takes nib %016lx of " VAP_APQN_FMT " mdev " VAP_MDEV_FMT "\n"

extern debug_info_t *vap_record_host_area;
extern debug_info_t *vap_record_guest_area;

int vap_record_init(void);
void vap_record_exit(void);
unsigned long vap_record_uuid(const struct vap_mdev *mdev, unsigned int half);

/* The names expand to level and format before they reach s390dbf. */
#define VAP_RECORD_EVENT(area, ...)	debug_sprintf_event(area, __VA_ARGS__)
#define vap_record(name, ...)						\
	VAP_RECORD_EVENT(vap_record_host_area, VAP_REC_##name, ##__VA_ARGS__)
#define vap_record_guest(name, ...)					\
	VAP_RECORD_EVENT(vap_record_guest_area, VAP_REC_##name, ##__VA_ARGS__)

#endif
