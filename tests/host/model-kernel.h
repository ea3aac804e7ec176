/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A back end for sysfs that behaves as the kernel does, on a tree of plain
 * files: a write to assign_adapter changes matrix and guest_matrix, is refused
 * with the kernel's errno values, and so on. For tests only.
 *
 * Variants, by the tree itself: ours (features name reasons), 7.2 and 6.12
 * (features without), 6.1 (guest_matrix but no ap_config), 5.10 (neither).
 */
#ifndef TEST_MODEL_KERNEL_H
#define TEST_MODEL_KERNEL_H

#include "host/sysfs.h"

extern const struct sysfs_ops model_kernel_ops;

/*
 * What happens to a host from outside: guest-start UUID, guest-stop UUID,
 * bind APQN DRIVER, unbind APQN, adapter-del ID, adapter-add ID. 0 or a
 * negative errno value.
 */
int model_kernel_event(const char *root, char **words);

#endif
