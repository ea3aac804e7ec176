// SPDX-License-Identifier: GPL-2.0-only
/*
 * Code of a bus that has the three callbacks, called by functions to whose names a compiler has
 * appended what it did to them.
 */
#include <linux/compiler.h>
#include "standin.h"

void standin_in_use(void) __asm__("__verify_card_reservations.isra.0");
void standin_changed(void) __asm__("__drv_notify_config_changed.constprop.0");
void standin_complete(void) __asm__("__drv_notify_scan_complete.cold");

noinline void standin_in_use(void)
{
	barrier();
}

noinline void standin_dotted(void)
{
	barrier();
}

noinline void standin_changed(void)
{
	barrier();
}

noinline void standin_complete(void)
{
	barrier();
}

standin_fn *const standin_dotted_users[] = {
	standin_in_use, standin_changed, standin_complete,
};
