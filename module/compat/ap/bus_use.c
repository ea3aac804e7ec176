// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the AP bus treat a queue device as its own, and has it scanned? The attributes of device
 * and bus tell.
 *
 * The state is private to the bus. A queue device starts in a state that its attribute
 * `reset` shows as a reset in progress. The bus initializes it: RAPQ, then AQIC, which
 * `interrupt` shows until the interrupts are enabled. When a driver is unbound, the bus
 * zeroizes the queue, which disables its interrupts, and leaves it alone from then on. So
 * where the bus uses interrupts, an operational queue that is not being initialized and has
 * none is one that the bus has left. Whether it has interrupts, only the hardware tells: in
 * older kernels, such as 6.1, `interrupt` shows what was before the driver was unbound.
 *
 * The attributes are read in the order in which the states follow each other, so that a
 * queue that changes meanwhile is never mistaken for one that the bus has left. `config`
 * and `chkstop` are first: a queue that the bus saw in error is initialized again by a scan.
 */
#include "ap_bus.h"
#include "driver_core.h"

#include <linux/gfp.h>
#include <linux/string.h>
#include <linux/sysfs.h>

static struct attribute *find(const struct attribute_group *const *groups, const char *name)
{
	struct attribute **attr;

	for (; groups && *groups; groups++) {
		for (attr = (*groups)->attrs; attr && *attr; attr++) {
			if (!strcmp((*attr)->name, name))
				return *attr;
		}
	}
	return NULL;
}

/* The value of an attribute in @page, "" if there is none. */
static const char *device_shows(struct device *dev, const char *name, char *page)
{
	struct attribute *attr = dev->type ? find(dev->type->groups, name) : NULL;
	struct device_attribute *dev_attr;

	page[0] = '\0';
	if (attr) {
		dev_attr = container_of(attr, struct device_attribute, attr);
		if (dev_attr->show && dev_attr->show(dev, dev_attr, page) <= 0)
			page[0] = '\0';
	}
	return page;
}

static const char *bus_shows(vap_compat_bus *bus, const char *name, char *page)
{
	struct attribute *attr = find(bus->bus_groups, name);
	struct bus_attribute *bus_attr;

	page[0] = '\0';
	if (attr) {
		bus_attr = container_of(attr, struct bus_attribute, attr);
		if (bus_attr->show && bus_attr->show(bus, page) <= 0)
			page[0] = '\0';
	}
	return page;
}

static bool starts(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static enum vap_ap_bus_use read_use(struct device *dev, char *page)
{
	if (!starts(device_shows(dev, "config", page), "1") ||
	    starts(device_shows(dev, "chkstop", page), "1"))
		return VAP_AP_BUS_UNSETTLED;
	device_shows(dev, "reset", page);
	if (!starts(page, "No Reset Timer set.") && !starts(page, "Reset Timer armed."))
		return VAP_AP_BUS_UNSETTLED;
	device_shows(dev, "interrupt", page);
	if (!starts(page, "Interrupts enabled.") && !starts(page, "Interrupts disabled."))
		return VAP_AP_BUS_UNSETTLED;
	return starts(bus_shows(dev->bus, "ap_interrupts", page), "1") ?
		VAP_AP_BUS_LEFT : VAP_AP_BUS_USES;
}

enum vap_ap_bus_use vap_compat_ap_bus_use(struct device *dev)
{
	enum vap_ap_bus_use use = VAP_AP_BUS_UNSETTLED;
	char *page = (char *)__get_free_page(GFP_KERNEL);

	if (page)
		use = read_use(dev, page);
	free_page((unsigned long)page);
	return use;
}

bool vap_compat_ap_has_scanned(struct device *dev)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	bool scanned = page && !starts(bus_shows(dev->bus, "scans", page), "0");

	free_page((unsigned long)page);
	return scanned;
}
