// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every kernel: must compile, or the probing itself is broken. Never delete.
 */
static int control_yes(struct device *dev)
{
	return dev_name(dev) != NULL;
}
