/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Declarations for the three files of mdev.ko.
 *
 * Lock order: parent->unreg_sem -> mdev_list_lock. A parent's unreg_sem is held
 * for reading while one of its devices is created or removed, and for writing
 * while the parent is unregistered. Readers only use trylock, because the writer
 * waits for the sysfs files that the readers are called from.
 */
#ifndef MDEV_PRIVATE_H
#define MDEV_PRIVATE_H

#include <linux/mdev.h>

/* core.c */
int mdev_create(struct mdev_type *type, const guid_t *uuid);
int mdev_remove(struct mdev_device *mdev);

/* driver.c: the bus, without a driver of its own */
extern const struct bus_type mdev_bus;

/* sysfs.c */
int mdev_types_add(struct mdev_parent *parent);
void mdev_types_del(struct mdev_parent *parent);
int mdev_files_add(struct mdev_device *mdev);
void mdev_files_del(struct mdev_device *mdev);

#endif
