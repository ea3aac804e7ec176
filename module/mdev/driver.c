// SPDX-License-Identifier: GPL-2.0-only
/*
 * mdev.ko: the bus of mediated devices and their drivers.
 *
 * The match function always returns 0. Therefore a new driver or a rescan never
 * binds a device that was created for another driver.
 */
#include "mdev_private.h"

#include "driver_core.h"

#include <linux/module.h>

static struct mdev_driver *to_driver(struct device_driver *driver)
{
	return container_of(driver, struct mdev_driver, driver);
}

static int mdev_bus_match(struct device *dev, vap_compat_match_driver *driver)
{
	return 0;
}

static int mdev_bus_probe(struct device *dev)
{
	return to_driver(dev->driver)->probe(to_mdev_device(dev));
}

static void mdev_bus_remove(struct device *dev)
{
	struct mdev_driver *drv = to_driver(dev->driver);

	if (drv->remove)
		drv->remove(to_mdev_device(dev));
}

const struct bus_type mdev_bus = {
	.name = "mdev",
	.match = mdev_bus_match,
	.probe = mdev_bus_probe,
	.remove = mdev_bus_remove,
};

/**
 * mdev_register_driver - register a driver on the bus
 * @drv: probe, device_api and driver.name set, driver.owner if it is a module
 *
 * Context: Process context. May sleep.
 * Return: 0; -EINVAL without a probe or an API; an errno of the driver core
 */
int mdev_register_driver(struct mdev_driver *drv)
{
	if (!drv->probe || !drv->device_api)
		return -EINVAL;
	drv->driver.bus = &mdev_bus;
	return driver_register(&drv->driver);
}
EXPORT_SYMBOL_GPL(mdev_register_driver);

/**
 * mdev_unregister_driver - undo mdev_register_driver()
 * @drv: the registered driver
 *
 * Detaches the devices that are still attached.
 *
 * Context: Process context. Sleeps until users of the devices are gone.
 */
void mdev_unregister_driver(struct mdev_driver *drv)
{
	driver_unregister(&drv->driver);
}
EXPORT_SYMBOL_GPL(mdev_unregister_driver);
