// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.17: the callbacks of struct bin_attribute take a const one.
 * Delete with the last kernel before.
 */
static void bin_attr_const(struct bin_attribute *attr,
	ssize_t (*read)(struct file *, struct kobject *,
			const struct bin_attribute *, char *, loff_t, size_t))
{
	attr->read = read;
}
