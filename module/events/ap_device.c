// SPDX-License-Identifier: GPL-2.0-only
/* Queue devices of the AP bus, whichever driver they have. */
#include "events/events.h"

/* The APQN of a queue device; VAP_NO_APQN if it is not one. */
unsigned int vap_ap_device_apqn(const struct device *dev)
{
	unsigned int apid, apqi;

	if (vap_compat_ap_apqn(dev, &apid, &apqi))
		return VAP_NO_APQN;
	return AP_MKQID(apid, apqi);
}

/* Is the device bound to our driver? True at some moment. */
bool vap_ap_device_is_ours(const struct device *dev)
{
	return READ_ONCE(dev->driver) == vap_compat_ap_driver();
}

/* Call @fn for each device of the AP bus until it returns non-zero. May sleep. */
void vap_ap_device_for_each(void *data, int (*fn)(struct device *dev, void *data))
{
	bus_for_each_dev(vap_compat_ap_driver()->bus, NULL, data, fn);
}
