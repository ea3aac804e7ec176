// SPDX-License-Identifier: GPL-2.0-only
/*
 * No kernel: must not compile, or the probing itself is broken. Never delete.
 */
static int control_no(struct device *dev)
{
	return dev->no_kernel_has_this_member;
}
