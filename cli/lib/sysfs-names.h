/* SPDX-License-Identifier: GPL-2.0-only */
/* The names in sysfs that the tool relies on: an interface of the kernel. */
#ifndef APM_SYSFS_NAMES_H
#define APM_SYSFS_NAMES_H

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
#define ATTR_GENERATION		"guest_generation"
#define ATTR_RESETS		"resets"
/* In the uevent of a matrix whose guest matrix changed, with FEATURE_NOTIFY. */
#define EVENT_GUEST_MATRIX	"AP_GUEST_MATRIX"

#endif
