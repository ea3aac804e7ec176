// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap: passes AP queues of IBM Z crypto adapters through to KVM guests.
 *
 * This file holds the order in which the parts are initialised.
 */
#include <linux/module.h>
#include "events/events.h"
#include "record.h"
#include "version.h"

static int __init vap_init(void)
{
	int ret;

	if (!ap_instructions_available())
		return -ENODEV;

	vap_model_init();

	ret = vap_compat_masks_init();
	if (ret)
		goto err_masks;
	ret = vap_record_init();
	if (ret)
		goto err_masks;
	ret = vap_reset_init();
	if (ret)
		goto err_reset;
	ret = vap_update_init();
	if (ret)
		goto err_update;
	ret = vap_root_device_init();
	if (ret)
		goto err_root_device;
	ret = vap_ap_driver_init();
	if (ret)
		goto err_ap_driver;
	ret = vap_mdev_driver_init();
	if (ret)
		goto err_mdev_driver;
	return 0;

err_mdev_driver:
	vap_ap_driver_exit();
err_ap_driver:
	vap_root_device_exit();
err_root_device:
	vap_irq_exit();
	vap_update_exit();
err_update:
	vap_reset_exit();
err_reset:
	vap_record_exit();
err_masks:
	vap_model_exit();
	return ret;
}

static void __exit vap_exit(void)
{
	vap_mdev_driver_exit();
	vap_ap_driver_exit();
	vap_root_device_exit();
	vap_irq_exit();
	vap_update_exit();
	vap_reset_exit();
	vap_compat_pqap_hook_exit();
	vap_record_exit();
	vap_model_exit();
}

module_init(vap_init);
module_exit(vap_exit);

MODULE_AUTHOR("The apmatrix project");
MODULE_DESCRIPTION("VFIO AP device driver with dynamic configuration");
MODULE_VERSION(VAP_VERSION);
MODULE_LICENSE("GPL");
