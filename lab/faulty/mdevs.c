// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver of mediated devices that do nothing, for tests of mdev: it uses what vfio_ap does not.
 *
 * Its parent is /sys/devices/platform/mdevs, with two types, "plain" and "named". Parameters:
 *
 *	instances=N	how many devices there may be (default 2)
 *	available=N	the driver itself says that N more are possible, and mdev counts none
 *	describe=1	types have a description
 *	without=WHAT	probe, api, remove: the driver lacks it; parent-api: it is gone when the
 *			parent is registered; types: the parent has none
 *
 * Kernels before 6.1 have another interface; the module does not load there.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)

#include <linux/mdev.h>

static int instances = 2, available = -1;
static bool describe;
static char *without = "";
module_param(instances, int, 0400);
module_param(available, int, 0400);
module_param(describe, bool, 0400);
module_param(without, charp, 0400);

static typeof(&mdev_register_driver) register_driver;
static typeof(&mdev_unregister_driver) unregister_driver;
static typeof(&mdev_register_parent) register_parent;
static typeof(&mdev_unregister_parent) unregister_parent;

#if IS_ENABLED(CONFIG_VFIO_MDEV)

static int get_symbols(void)
{
	register_driver = mdev_register_driver;
	unregister_driver = mdev_unregister_driver;
	register_parent = mdev_register_parent;
	unregister_parent = mdev_unregister_parent;
	return 0;
}

static void put_symbols(void)
{
}

#else

/* The module mdev is of this project, and no build of this one knows its symbols. */

static void put_symbols(void)
{
	if (register_driver)
		__symbol_put("mdev_register_driver");
	if (unregister_driver)
		__symbol_put("mdev_unregister_driver");
	if (register_parent)
		__symbol_put("mdev_register_parent");
	if (unregister_parent)
		__symbol_put("mdev_unregister_parent");
}

static int get_symbols(void)
{
	register_driver = __symbol_get("mdev_register_driver");
	unregister_driver = __symbol_get("mdev_unregister_driver");
	register_parent = __symbol_get("mdev_register_parent");
	unregister_parent = __symbol_get("mdev_unregister_parent");
	if (register_driver && unregister_driver && register_parent && unregister_parent)
		return 0;
	put_symbols();
	return -ENOENT;
}

#endif

static struct platform_device *device;
static struct mdev_parent parent;
static struct mdev_type plain = { .sysfs_name = "plain" };
static struct mdev_type named = { .sysfs_name = "named", .pretty_name = "Type with a name" };
static struct mdev_type *types[] = { &plain, &named };

static int probe(struct mdev_device *mdev)
{
	dev_info(mdev_dev(mdev), "mdevs: probed\n");
	return 0;
}

static void remove(struct mdev_device *mdev)
{
	dev_info(mdev_dev(mdev), "mdevs: removed\n");
}

static unsigned int get_available(struct mdev_type *type)
{
	return available;
}

static ssize_t show_description(struct mdev_type *type, char *buf)
{
	return sysfs_emit(buf, "description of %s\n", type->sysfs_name);
}

static struct mdev_driver driver = {
	.device_api = "mdevs-api",
	.probe = probe,
	.remove = remove,
	.driver = {
		.name = "mdevs",
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
	},
};

static bool lacks(const char *what)
{
	return !strcmp(without, what);
}

static int register_all(void)
{
	int ret;

	ret = register_driver(&driver);
	if (ret)
		return ret;
	if (lacks("parent-api"))
		driver.device_api = NULL;
	ret = register_parent(&parent, &device->dev, &driver, types,
			      lacks("types") ? 0 : ARRAY_SIZE(types));
	if (ret) {
		WARN(plain.kobj.state_in_sysfs || named.kobj.state_in_sysfs,
		     "mdevs: a type is registered after an error\n");
		unregister_driver(&driver);
	}
	return ret;
}

static int __init mdevs_init(void)
{
	int ret;

	driver.max_instances = instances;
	if (available >= 0)
		driver.get_available = get_available;
	if (describe)
		driver.show_description = show_description;
	if (lacks("probe"))
		driver.probe = NULL;
	if (lacks("remove"))
		driver.remove = NULL;
	if (lacks("api"))
		driver.device_api = NULL;
	ret = get_symbols();
	if (ret)
		return ret;
	device = platform_device_register_simple("mdevs", PLATFORM_DEVID_NONE, NULL, 0);
	ret = PTR_ERR_OR_ZERO(device);
	if (ret)
		goto err_symbols;
	ret = register_all();
	if (ret)
		goto err_device;
	return 0;

err_device:
	platform_device_unregister(device);
err_symbols:
	put_symbols();
	return ret;
}

static void __exit mdevs_exit(void)
{
	unregister_parent(&parent);
	unregister_driver(&driver);
	platform_device_unregister(device);
	put_symbols();
}

#else

static int __init mdevs_init(void)
{
	return -EOPNOTSUPP;
}

static void __exit mdevs_exit(void)
{
}

#endif

module_init(mdevs_init);
module_exit(mdevs_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Mediated devices that do nothing, for tests of mdev");
