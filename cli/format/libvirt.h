/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: which matrix libvirt gives to a guest, from the guest's XML as
 * libvirt itself writes it.
 */
#ifndef APM_LIBVIRT_H
#define APM_LIBVIRT_H

#include <stdbool.h>

/* What guests have now, and what they get at their next start: NAME.xml in each. */
#define LIBVIRT_RUN_DIR		"/run/libvirt/qemu"
#define LIBVIRT_DIR		"/etc/libvirt/qemu"

/* The uuid of the first vfio-ap device, in lower case; false if there is none. */
bool libvirt_matrix(const char *xml, char *uuid);

#endif
