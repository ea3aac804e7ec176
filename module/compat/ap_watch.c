// SPDX-License-Identifier: GPL-2.0-only
/*
 * The watch for changes of the host's AP configuration, for an AP bus that does
 * not tell its drivers (before 5.17).
 *
 * Queries the configuration every second, when the bus is about to delete a
 * device, and when devices have come or gone. A change is told as later kernels
 * do: on_config_changed() before the bus takes queues away, even if it found
 * the change by itself; then the bus scans; then on_scan_complete(). Queues may
 * still come or go without notice, which the driver's probe and remove have to
 * bear in any case.
 */
#if VAP_AP_LAYOUT == 510

#define VAP_COMPAT_BRIDGE

#include "ap/ap_bus.h"

#include <linux/notifier.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#define INTERVAL	HZ

static void watch(struct work_struct *work);
static DECLARE_DELAYED_WORK(watch_work, watch);

static struct ap_driver *the_driver;

/* Taken by the bus's scan, in the notifier: not to be held while that is waited for. */
static DEFINE_MUTEX(told_mutex);
static struct ap_config_info told;	/* the driver; told_mutex */
static struct ap_config_info scanned;	/* the worker's alone, once it is queued */

/* If the configuration is not what the driver was told, tell it now. */
static void tell(void)
{
	struct ap_config_info now = { 0 };

	mutex_lock(&told_mutex);
	if (!ap_qci(&now) && memcmp(&now, &told, sizeof(now))) {
		the_driver->on_config_changed(&now, &told);
		told = now;
	}
	mutex_unlock(&told_mutex);
}

/*
 * The bus has scanned for this configuration: tell the driver, unless it was told
 * of a newer one meanwhile, which needs a scan of its own.
 */
static bool scan_is_complete(struct ap_config_info *info)
{
	bool newest;

	mutex_lock(&told_mutex);
	newest = !memcmp(info, &told, sizeof(*info));
	if (newest)
		the_driver->on_scan_complete(info, &scanned);
	mutex_unlock(&told_mutex);
	return newest;
}

static void watch(struct work_struct *work)
{
	struct ap_config_info now;

	tell();
	do {
		mutex_lock(&told_mutex);
		now = told;
		mutex_unlock(&told_mutex);
		if (!memcmp(&now, &scanned, sizeof(now)))
			break;
		vap_compat_ap_rescan();
	} while (!scan_is_complete(&now));
	scanned = now;
	schedule_delayed_work(&watch_work, INTERVAL);
}

static int on_bus_event(struct notifier_block *nb, unsigned long event, void *data)
{
	if (event == BUS_NOTIFY_DEL_DEVICE)
		tell();
	if (event == BUS_NOTIFY_ADD_DEVICE || event == BUS_NOTIFY_DEL_DEVICE)
		mod_delayed_work(system_wq, &watch_work, 0);
	return NOTIFY_OK;
}

static struct notifier_block bus_nb = { .notifier_call = on_bus_event };

int vap_compat_ap_watch_start(struct ap_driver *drv)
{
	int ret;

	memset(&told, 0, sizeof(told));
	if (ap_qci(&told))
		return 0;	/* nothing to query, nothing to watch */
	scanned = told;
	the_driver = drv;
	ret = bus_register_notifier(drv->driver.bus, &bus_nb);
	if (ret) {
		the_driver = NULL;
		return ret;
	}
	schedule_delayed_work(&watch_work, INTERVAL);
	return 0;
}

void vap_compat_ap_watch_stop(void)
{
	if (!the_driver)
		return;
	bus_unregister_notifier(the_driver->driver.bus, &bus_nb);
	cancel_delayed_work_sync(&watch_work);
	the_driver = NULL;
}

#endif
