// SPDX-License-Identifier: GPL-2.0-only
/*
 * Between 6.12 and 7.2: class_compat_create_link() lost the device to link
 * back to. Delete with the last kernel before.
 */
static int class_compat_two_args(struct class_compat *class, struct device *dev)
{
	return class_compat_create_link(class, dev);
}
