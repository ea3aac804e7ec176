// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which part of the host executes an instruction, by its address. The AP bus is
 * built in, so it is the part that is in no module.
 */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/string.h>
#include "guest_driver.h"
#include "patch.h"

static struct module *guest_driver;
static unsigned long text_start, text_end;

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

/* The part of the host at this address. Any context. */
enum sim_part sim_part_of(unsigned long address)
{
	const struct module *module = READ_ONCE(guest_driver);

	if (module && within_module(address, module))
		return SIM_BY_GUEST_DRIVER;
	return address >= text_start && address < text_end ? SIM_BY_AP_BUS :
							     SIM_BY_OTHERS;
}

int sim_guest_driver_init(void)
{
	text_start = sim_symbol("_stext");
	text_end = sim_symbol("_etext");
	if (!text_start || !text_end)
		return -ENOENT;
	return register_module_notifier(&module_nb);
}

void sim_guest_driver_exit(void)
{
	unregister_module_notifier(&module_nb);
}
