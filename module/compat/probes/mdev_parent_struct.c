// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.1: struct mdev_parent is embedded by the driver and mdev_register_parent()
 * takes it with the types. Delete with the last kernel before.
 */
static int mdev_parent_struct(struct mdev_parent *parent, struct device *dev,
	struct mdev_driver *drv, struct mdev_type **types)
{
	return mdev_register_parent(parent, dev, drv, types, 1);
}
