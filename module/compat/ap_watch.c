// SPDX-License-Identifier: GPL-2.0-only
/*
 * Detects changes of the host's AP configuration, for an AP bus that does not report
 * them to its drivers (before 5.18).
 *
 * It queries the configuration every second, before the bus deletes a device, and after
 * devices were added or deleted. It reports a change in the order of later kernels: it
 * calls on_config_changed() before the bus removes queues, even if the bus detected the
 * change itself. Then the bus scans. Then it calls on_scan_complete(). Queues can still be
 * added and deleted without a report. The driver's probe and remove have to handle this in
 * any case.
 */
#include "ap/ap_bus.h"
#include "driver_core.h"
#include "ap/stand_in.h"

#include <linux/notifier.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#define INTERVAL	HZ

static void watch(struct work_struct *work);
static DECLARE_DELAYED_WORK(watch_work, watch);

static const struct vap_ap_driver *the_driver;
static vap_compat_bus *the_bus;
static struct workqueue_struct *queue;

/* The notifier takes it during the bus's scan. Never hold it while waiting for a scan. */
static DEFINE_MUTEX(told_mutex);
static struct ap_config_info told;	/* last reported to the driver; told_mutex */
static unsigned long nr_told;		/* number of reported changes; told_mutex */

/* Only the work function accesses these, once it is queued. */
static struct ap_config_info scanned;
static unsigned long nr_scanned;	/* nr_told at the start of the last complete scan */

/* Report the configuration to the driver if it differs from the last report. */
static void tell(void)
{
	struct ap_config_info now = { 0 };

	mutex_lock(&told_mutex);
	if (!ap_qci(&now) && memcmp(&now, &told, sizeof(now))) {
		the_driver->on_config_changed(&now, &told);
		told = now;
		nr_told++;
	}
	mutex_unlock(&told_mutex);
}

/*
 * A scan that began after @nr reported changes is complete. Report this to the driver. If
 * more changes were reported during the scan, return false: another scan is needed.
 */
static bool complete_scan(struct ap_config_info *info, unsigned long nr)
{
	bool newest;

	mutex_lock(&told_mutex);
	newest = nr == nr_told;
	if (newest) {
		the_driver->on_scan_complete(info, &scanned);
		scanned = *info;
		nr_scanned = nr;
	}
	mutex_unlock(&told_mutex);
	return newest;
}

/*
 * Compares the number of changes, not the configurations: after a change that was reverted,
 * the configuration is equal, but the driver needs a scan too.
 */
static void watch(struct work_struct *work)
{
	struct ap_config_info now;
	unsigned long nr;

	tell();
	do {
		mutex_lock(&told_mutex);
		now = told;
		nr = nr_told;
		mutex_unlock(&told_mutex);
		if (nr == nr_scanned)
			break;
		vap_compat_ap_rescan();
	} while (!complete_scan(&now, nr));
	queue_delayed_work(queue, &watch_work, INTERVAL);
}

static int on_bus_event(struct notifier_block *nb, unsigned long event, void *data)
{
	if (event == BUS_NOTIFY_DEL_DEVICE)
		tell();
	if (event == BUS_NOTIFY_ADD_DEVICE || event == BUS_NOTIFY_DEL_DEVICE)
		mod_delayed_work(queue, &watch_work, 0);
	return NOTIFY_OK;
}

static struct notifier_block bus_nb = { .notifier_call = on_bus_event };

int vap_compat_ap_watch_start(const struct vap_ap_driver *drv, vap_compat_bus *bus)
{
	int ret;

	memset(&told, 0, sizeof(told));
	if (ap_qci(&told))
		return 0;	/* without QCI there is nothing to query */
	queue = alloc_ordered_workqueue("vfio_ap_watch", 0);
	if (!queue)
		return -ENOMEM;
	scanned = told;
	nr_scanned = nr_told;
	the_driver = drv;
	the_bus = bus;
	ret = bus_register_notifier(bus, &bus_nb);
	if (ret) {
		the_driver = NULL;
		destroy_workqueue(queue);
		return ret;
	}
	queue_delayed_work(queue, &watch_work, INTERVAL);
	return 0;
}

void vap_compat_ap_watch_stop(void)
{
	if (!the_driver)
		return;
	bus_unregister_notifier(the_bus, &bus_nb);
	cancel_delayed_work_sync(&watch_work);
	destroy_workqueue(queue);
	the_driver = NULL;
}
