// SPDX-License-Identifier: GPL-2.0-only
/* Code of a bus that has one of the three callbacks. */
#include <linux/compiler.h>
#include "standin.h"

noinline void standin_some(void)
{
	barrier();
}

static noinline void __drv_notify_config_changed(void)
{
	barrier();
}

standin_fn *const standin_some_users[] = { __drv_notify_config_changed };
