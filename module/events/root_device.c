// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/devices/vfio_ap/matrix, on a bus of its own, with a driver that does no
 * more than carry the attribute features.
 */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "events/events.h"
#include "driver_core.h"

static vap_compat_bus matrix_bus = { .name = "matrix" };

static struct device_driver matrix_driver = {
	.name = "vfio_ap",
	.owner = THIS_MODULE,
	.bus = &matrix_bus,
	.suppress_bind_attrs = true,
	.dev_groups = vap_sysfs_matrix_groups,
};

static struct device *root;
static struct device *matrix;

/**
 * vap_root_device_matrix - the matrix device, the parent of all mdevs
 *
 * Context: Any context, between vap_root_device_init() and vap_root_device_exit().
 * Return: the device, without a new reference
 */
struct device *vap_root_device_matrix(void)
{
	return matrix;
}

static void matrix_release(struct device *dev)
{
	kfree(dev);
}

static int create_matrix(void)
{
	int ret;

	matrix = kzalloc(sizeof(*matrix), GFP_KERNEL);
	if (!matrix)
		return -ENOMEM;
	device_initialize(matrix);
	matrix->parent = root;
	matrix->bus = &matrix_bus;
	matrix->release = matrix_release;
	ret = dev_set_name(matrix, "matrix");
	if (!ret)
		ret = device_add(matrix);
	if (ret)
		put_device(matrix);
	return ret;
}

/**
 * vap_root_device_init - create /sys/devices/vfio_ap/matrix, its bus and its driver
 *
 * Context: Module init. May sleep.
 * Return: 0 or an errno of the driver core; after an error, nothing is registered
 */
int vap_root_device_init(void)
{
	int ret;

	root = root_device_register("vfio_ap");
	if (IS_ERR(root))
		return PTR_ERR(root);
	ret = bus_register(&matrix_bus);
	if (ret)
		goto err_bus;
	ret = create_matrix();
	if (ret)
		goto err_matrix;
	ret = driver_register(&matrix_driver);
	if (ret)
		goto err_driver;
	return 0;

err_driver:
	device_unregister(matrix);
err_matrix:
	bus_unregister(&matrix_bus);
err_bus:
	root_device_unregister(root);
	return ret;
}

/**
 * vap_root_device_exit - undo vap_root_device_init()
 *
 * Context: Module exit or failed init; no mdev exists. May sleep.
 */
void vap_root_device_exit(void)
{
	driver_unregister(&matrix_driver);
	device_unregister(matrix);
	bus_unregister(&matrix_bus);
	root_device_unregister(root);
}
