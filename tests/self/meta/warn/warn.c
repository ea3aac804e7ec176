// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module whose load makes the kernel warn, to see that this is noticed. The
 * load itself succeeds, and the module goes again without a trace.
 */
#include <linux/init.h>
#include <linux/module.h>

static int __init warn_init(void)
{
	WARN(1, "deliberate warning\n");
	return 0;
}

static void __exit warn_exit(void)
{
}

module_init(warn_init);
module_exit(warn_exit);
MODULE_DESCRIPTION("Makes the kernel warn, for the tests of the test runner");
MODULE_LICENSE("GPL");
