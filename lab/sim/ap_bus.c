// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stock AP bus: its late start, and what the oracle must know about it.
 *
 * The AP bus found no hardware when the kernel booted. Its own initialization is
 * called again when there is some. From then on a notifier of the driver core
 * reports which queues have a driver.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include "ap.h"
#include "ap_bus.h"
#include "guest_driver.h"
#include "hw.h"
#include "irq.h"
#include "lock.h"
#include "oracle.h"
#include "patch.h"
#include "sie.h"

typedef int (*init_fn)(void);
typedef void (*rescan_void_fn)(void);
typedef void (*init_state_fn)(struct device *queue);

static struct notifier_block bus_nb;

/*
 * A driver may use a queue from BIND_DRIVER, before its probe function, until
 * UNBOUND_DRIVER, after its remove function. DRIVER_NOT_BOUND: the probe function
 * or the AP bus refused.
 */
static int bus_event(struct notifier_block *nb, unsigned long event,
		     void *data)
{
	enum sim_binding binding;
	struct device *dev = data;
	unsigned long flags;
	u16 apqn;

	switch (event) {
	case BUS_NOTIFY_BIND_DRIVER:
	case BUS_NOTIFY_BOUND_DRIVER:
		binding = strcmp(dev->driver->name, SIM_GUEST_DRIVER_NAME) ?
			  SIM_HOST_DRIVER : SIM_GUEST_DRIVER;
		break;
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
	case BUS_NOTIFY_UNBOUND_DRIVER:
	case BUS_NOTIFY_REMOVED_DEVICE:
		binding = SIM_UNBOUND_QUEUE;
		break;
	default:
		return NOTIFY_DONE;
	}
	if (!sim_parse_apqn(dev_name(dev), &apqn))
		return NOTIFY_DONE;
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_bind(&sim_oracle, apqn, binding);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return NOTIFY_OK;
}

/* A queue that was bound before the notifier was registered */
static int already_bound(struct device *dev, void *data)
{
	device_lock(dev);
	if (dev->driver)
		bus_event(NULL, BUS_NOTIFY_BOUND_DRIVER, dev);
	device_unlock(dev);
	return 0;
}

/* The work item that scans the bus for the first time */
static struct work_struct *first_scan(void)
{
	unsigned long work = sim_symbol("ap_scan_bus_work");

	if (!work)	/* name until 6.6 */
		work = sim_symbol("ap_scan_work");
	return (struct work_struct *)work;
}

/*
 * Starts the bus and waits for its first scan. This cannot be undone, so the
 * module stays loaded. Caller holds sim_control_mutex. 0 or -errno.
 */
int sim_bus_start(void)
{
	init_fn init = (init_fn)sim_symbol("ap_module_init");
	struct bus_type *bus = (struct bus_type *)sim_symbol("ap_bus_type");
	struct work_struct *scan = first_scan();
	int ret;

	lockdep_assert_held(&sim_control_mutex);

	if (sim_hw.started)
		return -EALREADY;
	if (!init || !bus)
		return -ENOENT;
	if (sim_symbol("kvm_arch_destroy_vm"))	/* kvm.ko is loaded */
		return -EBUSY;
	ret = sim_irq_init();
	if (!ret)
		ret = sim_patch_keep_init_text();
	if (ret)
		return ret;

	/* what follows cannot be undone */
	__module_get(THIS_MODULE);
	sim_hw.started = true;
	ret = sim_sie_init();
	if (!ret)
		ret = sim_patch_jump("sclp_ap_configure", sim_sclp_configure);
	if (!ret)
		ret = sim_patch_jump("sclp_ap_deconfigure",
				     sim_sclp_deconfigure);
	if (!ret)
		ret = init();
	if (ret)
		return ret;

	bus_nb.notifier_call = bus_event;
	ret = bus_register_notifier(bus, &bus_nb);
	if (ret)
		return ret;
	bus_for_each_dev(bus, NULL, NULL, already_bound);
	WRITE_ONCE(sim_oracle.watches_bus, true);
	/*
	 * With thousands of queues the scan takes minutes. flush_work() would be
	 * reported as a hung task.
	 */
	while (scan && work_busy(scan))
		if (msleep_interruptible(20))
			return -EINTR;
	return 0;
}

/*
 * Reports a configuration change to the AP bus, as the machine does after a
 * change at the SE or HMC. Returns when the bus has scanned.
 */
int sim_bus_configchange(void)
{
	unsigned long rescan = sim_symbol("ap_bus_force_rescan");

	lockdep_assert_held(&sim_control_mutex);

	if (!sim_hw.started)
		return -ENODEV;
	if (!rescan)
		return -ENOENT;
	/* where it returns a value, that is whether something changed */
	((rescan_void_fn)rescan)();
	return 0;
}

/*
 * Reinitializes a queue as a scan does that saw it in error. The scan drops the
 * queue's lock in between, so that by then the queue may be bound to another
 * driver. 0 or -errno.
 */
int sim_bus_reclaim(u16 apqn)
{
	init_state_fn init_state = (init_state_fn)sim_symbol("ap_queue_init_state");
	struct bus_type *bus = (struct bus_type *)sim_symbol("ap_bus_type");
	struct device *queue;
	char name[8];

	lockdep_assert_held(&sim_control_mutex);

	if (!init_state || !bus)
		return -ENOENT;
	snprintf(name, sizeof(name), "%02x.%04x", SIM_APID(apqn), SIM_APQI(apqn));
	queue = bus_find_device_by_name(bus, NULL, name);
	if (!queue)
		return -ENODEV;
	init_state(queue);	/* struct ap_queue begins with its device */
	put_device(queue);
	return 0;
}

/*
 * Makes the bus as it is before the end of its first scan: it does not scan on
 * request, and the next scan counts as the first. 0 or -errno.
 */
int sim_bus_unscanned(void)
{
	atomic64_t *count = (atomic64_t *)sim_symbol("ap_scan_bus_count");

	lockdep_assert_held(&sim_control_mutex);

	if (!sim_hw.started)
		return -ENODEV;
	if (!count)	/* before 5.13 */
		return -ENOENT;
	atomic64_set(count, 0);
	return 0;
}
