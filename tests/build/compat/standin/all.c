// SPDX-License-Identifier: GPL-2.0-only
/* Code of a bus that has the three callbacks: functions named as those that call them. */
#include <linux/compiler.h>
#include "standin.h"

static noinline void __verify_card_reservations(void)
{
	barrier();
}

noinline void standin_all(void)
{
	barrier();
}

static noinline void __drv_notify_config_changed(void)
{
	barrier();
}

static noinline void __drv_notify_scan_complete(void)
{
	barrier();
}

standin_fn *const standin_all_users[] = {
	__verify_card_reservations, __drv_notify_config_changed, __drv_notify_scan_complete,
};
