// SPDX-License-Identifier: GPL-2.0-only
/*
 * The watch for changes of the host's AP configuration, for an AP bus that does
 * not tell its drivers (before 5.17).
 *
 * Queries the configuration every second, and at once when devices of the bus
 * come or go. A change is told as later kernels do: on_config_changed(), then
 * the bus scans, then on_scan_complete(). The bus may have scanned by itself
 * before; then queues have come and gone without notice, which the driver's
 * probe and remove have to bear in any case, and the notices come after.
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
static struct ap_config_info seen;	/* watch()'s alone while it is queued */

static void watch(struct work_struct *work)
{
	struct ap_config_info now = { 0 }, before = seen;

	if (!ap_qci(&now) && memcmp(&now, &before, sizeof(now))) {
		seen = now;
		the_driver->on_config_changed(&now, &before);
		vap_compat_ap_rescan();
		the_driver->on_scan_complete(&now, &before);
	}
	schedule_delayed_work(&watch_work, INTERVAL);
}

static int on_bus_event(struct notifier_block *nb, unsigned long event, void *data)
{
	if (event == BUS_NOTIFY_ADD_DEVICE || event == BUS_NOTIFY_DEL_DEVICE)
		mod_delayed_work(system_wq, &watch_work, 0);
	return NOTIFY_OK;
}

static struct notifier_block bus_nb = { .notifier_call = on_bus_event };

int vap_compat_ap_watch_start(struct ap_driver *drv)
{
	int ret;

	memset(&seen, 0, sizeof(seen));
	if (ap_qci(&seen))
		return 0;	/* nothing to query, nothing to watch */
	ret = bus_register_notifier(drv->driver.bus, &bus_nb);
	if (ret)
		return ret;
	the_driver = drv;
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
