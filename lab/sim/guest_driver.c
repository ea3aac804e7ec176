// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver of queues for guests: tells its instructions from those of the rest
 * of the host kernel.
 */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/string.h>
#include "guest_driver.h"

static struct module *guest_driver;

/* The module is GOING after its exit function, which may issue instructions */
static int module_event(struct notifier_block *nb, unsigned long event,
			void *data)
{
	struct module *module = data;

	if (strcmp(module->name, SIM_GUEST_DRIVER_NAME))
		return NOTIFY_DONE;
	if (event == MODULE_STATE_COMING)
		WRITE_ONCE(guest_driver, module);
	if (event == MODULE_STATE_GOING)
		WRITE_ONCE(guest_driver, NULL);
	return NOTIFY_OK;
}

static struct notifier_block module_nb = { .notifier_call = module_event };

/* Whether this address is in the module. Any context. */
bool sim_guest_driver_has(unsigned long address)
{
	const struct module *module = READ_ONCE(guest_driver);

	return module && within_module(address, module);
}

int sim_guest_driver_init(void)
{
	return register_module_notifier(&module_nb);
}

void sim_guest_driver_exit(void)
{
	unregister_module_notifier(&module_nb);
}
