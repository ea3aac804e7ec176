// SPDX-License-Identifier: GPL-2.0-only
/* The life of an mdev. */
#include <linux/slab.h>
#include "events/events.h"

static int vap_mdev_probe(struct mdev_device *device)
{
	struct vap_mdev *mdev;
	int ret;

	mdev = vfio_alloc_device(vap_mdev, vdev, mdev_dev(device), &vap_vfio_device_ops);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	mdev->mdev = device;
	vap_mdev_init_model(mdev);
	vap_update_init_mdev(mdev);
	vap_notify_init_mdev(mdev);
	vap_irq_init_mdev(mdev);
	vap_unmap_init_mdev(mdev);
	mdev->pqap_hook = vap_pqap_hook;
	vap_text_init(mdev);
	vap_compat_mdev_set_drvdata(device, mdev);
	vap_mdev_add(mdev);

	ret = vfio_register_emulated_iommu_dev(&mdev->vdev);
	if (ret)
		goto err_register;
	return 0;

err_register:
	vap_mdev_del(mdev);
	vap_notify_exit_mdev(mdev);
	vfio_put_device(&mdev->vdev);
	return ret;
}

/*
 * Attributes are gone, and the device is closed once it is unregistered. Its
 * queues may still be being reset; nobody waits for that any more.
 */
static void vap_mdev_remove(struct mdev_device *device)
{
	struct vap_mdev *mdev = vap_compat_mdev_drvdata(mdev_dev(device));

	vfio_unregister_group_dev(&mdev->vdev);
	vap_mdev_del(mdev);
	vap_notify_exit_mdev(mdev);
	vap_unmap_exit_mdev(mdev);
	vap_text_free_all(mdev);
	vfio_put_device(&mdev->vdev);
}

static struct mdev_driver mdev_driver = {
	.device_api = VFIO_DEVICE_API_AP_STRING,
	.max_instances = 65536,		/* what mainline says */
	.probe = vap_mdev_probe,
	.remove = vap_mdev_remove,
	.driver = {
		.dev_groups = vap_sysfs_mdev_groups,
		.mod_name = KBUILD_MODNAME,
		.name = "vfio_ap_mdev",
		.owner = THIS_MODULE,
	},
};

static struct mdev_type passthrough = {
	.sysfs_name = "passthrough",
	.pretty_name = "VFIO AP Passthrough Device",
};

static struct mdev_type *types[] = { &passthrough };
static struct mdev_parent parent;

/**
 * vap_mdev_driver_init - register the driver and the parent of mdevs
 *
 * On return mdevs can be created.
 *
 * Context: Module init, after all other parts. May sleep.
 * Return: 0 or an errno of the mdev module; after an error, nothing is registered
 */
int vap_mdev_driver_init(void)
{
	int ret = mdev_register_driver(&mdev_driver);

	if (ret)
		return ret;
	ret = mdev_register_parent(&parent, vap_root_device_matrix(), &mdev_driver,
				   types, ARRAY_SIZE(types));
	if (ret)
		mdev_unregister_driver(&mdev_driver);
	return ret;
}

/**
 * vap_mdev_driver_exit - remove all mdevs and unregister driver and parent
 *
 * Context: Module exit; no mdev is open. Sleeps.
 */
void vap_mdev_driver_exit(void)
{
	mdev_unregister_parent(&parent);
	mdev_unregister_driver(&mdev_driver);
}
