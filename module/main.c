// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap: passes AP queues of IBM Z crypto adapters through to KVM guests.
 *
 * This file is the ladder on which the rooms come up and go down.
 */
#include <linux/module.h>
#include "model/model.h"
#include "record.h"
#include "version.h"

struct vap vap;

static int __init vap_init(void)
{
	int ret;

	if (!ap_instructions_available())
		return -ENODEV;

	mutex_init(&vap.lock);
	INIT_LIST_HEAD(&vap.mdevs);
	xa_init(&vap.queues);
	vap.rebinding = -1;

	ret = vap_compat_masks_init();
	if (ret)
		return ret;
	ret = vap_debug_init();
	if (ret)
		return ret;
	ret = vap_reset_init();
	if (ret)
		goto err_reset;
	ret = vap_matrix_dev_init();
	if (ret)
		goto err_matrix_dev;
	ret = vap_bus_init();
	if (ret)
		goto err_bus;
	ret = vap_mdev_init();
	if (ret)
		goto err_mdev;
	return 0;

err_mdev:
	vap_bus_exit();
err_bus:
	vap_matrix_dev_exit();
err_matrix_dev:
	vap_irq_exit();
	vap_reset_exit();
err_reset:
	vap_debug_exit();
	return ret;
}

static void __exit vap_exit(void)
{
	vap_mdev_exit();
	vap_bus_exit();
	vap_matrix_dev_exit();
	vap_irq_exit();
	vap_reset_exit();
	vap_compat_pqap_hook_exit();
	vap_debug_exit();
	xa_destroy(&vap.queues);
}

module_init(vap_init);
module_exit(vap_exit);

MODULE_AUTHOR("The apmatrix project");
MODULE_DESCRIPTION("VFIO AP device driver with dynamic configuration");
MODULE_VERSION(VAP_VERSION);
MODULE_LICENSE("GPL");
