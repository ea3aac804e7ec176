/* SPDX-License-Identifier: GPL-2.0-only */
/* Names in sysfs that the tool relies on, in one place. */
#ifndef APM_KERNEL_ABI_H
#define APM_KERNEL_ABI_H

#define BUS_AP			"/sys/bus/ap"
#define DEVICES_AP		"/sys/devices/ap"
#define DRIVER_VFIO_AP_DIR	BUS_AP "/drivers/vfio_ap"
#define MATRIX_DEVICE		"/sys/devices/vfio_ap/matrix"
#define MATRIX_CREATE		MATRIX_DEVICE "/mdev_supported_types/vfio_ap-passthrough/create"
#define MATRIX_FEATURES		MATRIX_DEVICE "/features"
#define MODULE_DIR		"/sys/module"

/*
 * Only in the module of this package, each announced by a word in features. With
 * reasons, matrix and guest_matrix are complete, however long they are.
 */
#define ATTR_REASONS		"reasons"
#define ATTR_GUEST_CONTROL	"guest_control_domains"
#define FEATURE_NOTIFY		"guest_notify"
/* In the uevent of a matrix whose guest matrix changed, with FEATURE_NOTIFY. */
#define EVENT_GUEST_MATRIX	"AP_GUEST_MATRIX"

#define DEFINITIONS_DIR		"/etc/mdevctl.d/matrix"
#define NAMES_DIR		"/etc/apmatrix/matrices.d"
#define NAMES_RUN_DIR		"/run/apmatrix/matrices.d"
/*
 * What a change writes before it is in its place, and its journal: on the file
 * system of /etc, and of /run. Empty, or not there, unless a change is under way.
 */
#define CHANGE_DIR		"/etc/apmatrix/change"
#define CHANGE_RUN_DIR		"/run/apmatrix/change"
/* Shared with chzdev and mdevctl's callout, which have the same name built in. */
#define LOCK_FILE		"/run/lock/s390apconfig.lock"
#define UDEV_RULE_FILE		"/etc/udev/rules.d/41-ap.rules"
#define PLAN_FILE		"/etc/apmatrix/plan.json"

#endif
