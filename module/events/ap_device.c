// SPDX-License-Identifier: GPL-2.0-only
/* Queue devices of the AP bus, whichever driver they have. */
#include "events/events.h"

/**
 * vap_ap_device_apqn - the APQN of a device of the AP bus
 * @dev: the device
 *
 * Context: Any context.
 * Return: 0 to 0xffff; VAP_NO_APQN if the device is not a queue
 */
unsigned int vap_ap_device_apqn(const struct device *dev)
{
	unsigned int apid, apqi;

	if (vap_compat_ap_apqn(dev, &apid, &apqi))
		return VAP_NO_APQN;
	return AP_MKQID(apid, apqi);
}

/**
 * vap_ap_device_is_ours - is a device bound to the driver of this module?
 * @dev: the device
 *
 * Context: Any context. Takes no lock: the result was true at some time during the call.
 * Return: true if so
 */
bool vap_ap_device_is_ours(const struct device *dev)
{
	return READ_ONCE(dev->driver) == vap_compat_ap_driver();
}

/**
 * vap_ap_device_for_each - call a function for each device of the AP bus
 * @data: passed to @fn
 * @fn: returns 0 to continue, another value to stop
 *
 * Context: Process context, vap.lock not held. May sleep.
 */
void vap_ap_device_for_each(void *data, int (*fn)(struct device *dev, void *data))
{
	bus_for_each_dev(vap_compat_ap_driver()->bus, NULL, data, fn);
}
