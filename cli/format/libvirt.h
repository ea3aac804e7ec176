/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: the matrix of a guest, from the XML that libvirt writes.
 */
#ifndef APM_LIBVIRT_H
#define APM_LIBVIRT_H

#include <stdbool.h>

/* Running guests, and the configuration of the next start: NAME.xml in each. */
#define LIBVIRT_RUN_DIR		"/run/libvirt/qemu"
#define LIBVIRT_DIR		"/etc/libvirt/qemu"

/* The uuid of the first vfio-ap device, in lower case; false if there is none. */
bool libvirt_matrix(const char *xml, char *uuid);

#endif
