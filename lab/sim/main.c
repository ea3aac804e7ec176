// SPDX-License-Identifier: GPL-2.0-only
/*
 * aphwsim: simulated AP hardware and a virtual SIE for a stock s390 kernel.
 *
 * Loading the module adds the AP instructions. The hardware is configured, and
 * the AP bus started, through debugfs (control.c). The module can be unloaded
 * until the AP bus is started, not later.
 *
 * The kernel must be booted with facilities=12,15,65 (QCI, APFT and AP
 * interrupts; without 12 the machine has no QCI, without 65 no interrupts) and
 * with its __init text kept in memory.
 *
 * .layers declares the order of the files.
 */
#include <linux/module.h>
#include <asm/facility.h>
#include "debugfs.h"
#include "guest.h"
#include "guest_driver.h"
#include "host_insn.h"
#include "hw.h"
#include "log.h"
#include "patch.h"
#include "queue.h"

static void check_facilities(void)
{
	static const struct {
		unsigned int nr;
		const char *what;
	} wanted[] = {
		{ 12, "no QCI" }, { 15, "no facilities test" },
		{ 65, "no AP interrupts" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wanted); i++)
		if (!test_facility(wanted[i].nr))
			pr_notice("aphwsim: booted without facilities=%u: %s\n",
				  wanted[i].nr, wanted[i].what);
}

static int __init sim_init(void)
{
	int ret;

	ret = sim_patch_init();
	if (ret)
		return ret;
	ret = sim_log_init();
	if (ret)
		return ret;
	ret = sim_hw_init();
	if (ret)
		goto err_log;
	ret = sim_guest_init();
	if (ret)
		goto err_hw;
	ret = sim_queue_init();
	if (ret)
		goto err_guest;
	ret = sim_guest_driver_init();
	if (ret)
		goto err_queue;
	ret = sim_insn_init();
	if (ret)
		goto err_driver;
	ret = sim_debugfs_init();
	if (ret)
		goto err_insn;
	check_facilities();
	pr_info("aphwsim: %u returns of the kernel no longer go through lowcore\n",
		sim_patch_returns());
	return 0;

err_insn:
	sim_insn_exit();
err_driver:
	sim_guest_driver_exit();
err_queue:
	sim_queue_exit();
err_guest:
	sim_guest_exit();
err_hw:
	sim_hw_exit();
err_log:
	sim_log_exit();
	return ret;
}

/* Only before the AP bus is started, see sim_bus_start() */
static void __exit sim_exit(void)
{
	sim_debugfs_exit();
	sim_insn_exit();
	sim_guest_driver_exit();
	sim_hw_exit();
	sim_queue_exit();
	sim_guest_exit();
	sim_log_exit();
}

module_init(sim_init);
module_exit(sim_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Simulated AP hardware and virtual SIE");
