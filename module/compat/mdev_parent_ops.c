// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mediated devices and their VFIO side on 5.10.
 *
 * There a driver gives mdev a table of operations for its parent device, and a
 * module of the kernel's, vfio_mdev, is the VFIO driver of every mdev and calls
 * them. This file is such a table, and turns its calls into those of today:
 *
 *   create, remove		probe and remove of the mdev driver
 *   open, release		open_device for the first, close_device for the last
 *   a VM made known		vdev->kvm, before open_device
 *   an IOMMU notifier		dma_unmap
 *   the device's unbinding	request, at once and every ten seconds
 *
 * The last is what lets a VMM be asked to let go of a device, which vfio_mdev
 * does not pass on: the bus tells of an unbinding before vfio waits for it.
 */
#if !VAP_HAS_MDEV_PARENT_STRUCT

#define VAP_COMPAT_BRIDGE

#include <linux/kvm_host.h>
#include <linux/mdev.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include <linux/uaccess.h>
#include <linux/vfio.h>

#define REQUEST_EVERY	(10 * HZ)

/* The only parent; set while it is registered. */
static struct vap_mdev_parent *the_parent;

/* --- a device as VFIO has it --- */

static struct vap_vfio_device *to_vdev(struct mdev_device *mdev)
{
	return mdev_get_drvdata(mdev);
}

static void request_again(struct work_struct *work)
{
	struct vap_vfio_device *vdev = container_of(to_delayed_work(work),
						    struct vap_vfio_device,
						    request_work);

	if (!READ_ONCE(vdev->nr_open))
		return;
	vdev->ops->request(vdev, vdev->requests++);
	schedule_delayed_work(&vdev->request_work, REQUEST_EVERY);
}

/*
 * The VM that the group belongs to, told at once when we ask to be told. It may
 * be told to go away later, which is no news: an open device keeps it.
 */
static int on_group_event(struct notifier_block *nb, unsigned long event, void *data)
{
	struct vap_vfio_device *vdev = container_of(nb, struct vap_vfio_device,
						    group_nb);
	struct kvm *kvm = data;

	if (event != VFIO_GROUP_NOTIFY_SET_KVM || !kvm || vdev->kvm)
		return NOTIFY_OK;
	/* Pairs with the put in let_go_of_kvm(); a VM that is ending is none */
	if (refcount_inc_not_zero(&kvm->users_count))
		vdev->kvm = kvm;
	return NOTIFY_OK;
}

static int on_iommu_event(struct notifier_block *nb, unsigned long event, void *data)
{
	struct vap_vfio_device *vdev = container_of(nb, struct vap_vfio_device,
						    iommu_nb);
	struct vfio_iommu_type1_dma_unmap *unmap = data;

	if (event == VFIO_IOMMU_NOTIFY_DMA_UNMAP)
		vdev->ops->dma_unmap(vdev, unmap->iova, unmap->size);
	return NOTIFY_OK;
}

static void let_go_of_kvm(struct vap_vfio_device *vdev)
{
	if (vdev->kvm)
		kvm_put_kvm(vdev->kvm);
	vdev->kvm = NULL;
}

static int first_open(struct vap_vfio_device *vdev)
{
	unsigned long group_events = VFIO_GROUP_NOTIFY_SET_KVM;
	unsigned long iommu_events = VFIO_IOMMU_NOTIFY_DMA_UNMAP;
	int ret;

	ret = vfio_register_notifier(vdev->dev, VFIO_GROUP_NOTIFY, &group_events,
				     &vdev->group_nb);
	if (ret)
		return ret;
	ret = vfio_register_notifier(vdev->dev, VFIO_IOMMU_NOTIFY, &iommu_events,
				     &vdev->iommu_nb);
	if (ret)
		goto err_group;
	ret = vdev->ops->open_device(vdev);
	if (ret)
		goto err_iommu;
	return 0;

err_iommu:
	vfio_unregister_notifier(vdev->dev, VFIO_IOMMU_NOTIFY, &vdev->iommu_nb);
err_group:
	vfio_unregister_notifier(vdev->dev, VFIO_GROUP_NOTIFY, &vdev->group_nb);
	let_go_of_kvm(vdev);
	return ret;
}

static int bridge_open(struct mdev_device *mdev)
{
	struct vap_vfio_device *vdev = to_vdev(mdev);
	int ret = 0;

	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	mutex_lock(&vdev->open_mutex);
	if (!vdev->nr_open)
		ret = first_open(vdev);
	if (!ret)
		vdev->nr_open++;
	mutex_unlock(&vdev->open_mutex);
	if (ret)
		module_put(THIS_MODULE);
	return ret;
}

static void bridge_release(struct mdev_device *mdev)
{
	struct vap_vfio_device *vdev = to_vdev(mdev);

	mutex_lock(&vdev->open_mutex);
	if (!--vdev->nr_open) {
		cancel_delayed_work_sync(&vdev->request_work);
		vdev->ops->close_device(vdev);
		vfio_unregister_notifier(vdev->dev, VFIO_IOMMU_NOTIFY, &vdev->iommu_nb);
		vfio_unregister_notifier(vdev->dev, VFIO_GROUP_NOTIFY, &vdev->group_nb);
		let_go_of_kvm(vdev);
	}
	mutex_unlock(&vdev->open_mutex);
	module_put(THIS_MODULE);
}

/* What newer kernels' vfio itself answers for a driver without features. */
static long no_feature(const void __user *arg)
{
	struct vfio_device_feature feature;

	if (copy_from_user(&feature, arg, sizeof(feature)))
		return -EFAULT;
	return feature.argsz < sizeof(feature) ? -EINVAL : -ENOTTY;
}

static long bridge_ioctl(struct mdev_device *mdev, unsigned int cmd, unsigned long arg)
{
	struct vap_vfio_device *vdev = to_vdev(mdev);

	if (cmd == VFIO_DEVICE_FEATURE)
		return no_feature((void __user *)arg);
	return vdev->ops->ioctl(vdev, cmd, arg);
}

struct vap_vfio_device *vap_vfio_alloc(size_t size, struct device *dev,
				       const struct vap_vfio_device_ops *ops)
{
	struct vap_vfio_device *vdev = kzalloc(size, GFP_KERNEL);

	if (!vdev)
		return ERR_PTR(-ENOMEM);
	vdev->dev = dev;
	vdev->ops = ops;
	mutex_init(&vdev->open_mutex);
	vdev->group_nb.notifier_call = on_group_event;
	vdev->iommu_nb.notifier_call = on_iommu_event;
	INIT_DELAYED_WORK(&vdev->request_work, request_again);
	return vdev;
}

/* vfio_mdev does both when the device is bound to it and unbound. */
int vap_vfio_register(struct vap_vfio_device *vdev)
{
	return 0;
}

void vap_vfio_unregister(struct vap_vfio_device *vdev)
{
}

void vap_vfio_put(struct vap_vfio_device *vdev)
{
	cancel_delayed_work_sync(&vdev->request_work);
	kfree(vdev);
}

int vap_vfio_pin_pages(struct vap_vfio_device *vdev, dma_addr_t iova, int npage,
		       int prot, struct page **pages)
{
	unsigned long user = iova >> PAGE_SHIFT, host;
	int ret;

	if (npage != 1)
		return -E2BIG;
	ret = vfio_pin_pages(vdev->dev, &user, 1, prot, &host);
	if (ret == 1)
		*pages = pfn_to_page(host);
	return ret;
}

void vap_vfio_unpin_pages(struct vap_vfio_device *vdev, dma_addr_t iova, int npage)
{
	unsigned long user = iova >> PAGE_SHIFT;

	vfio_unpin_pages(vdev->dev, &user, 1);
}

/* --- a device as mdev has it --- */

static int bridge_create(struct kobject *kobj, struct mdev_device *mdev)
{
	struct vap_mdev_parent *parent = the_parent;
	int ret;

	if (atomic_dec_if_positive(&parent->available_instances) < 0)
		return -EUSERS;
	ret = parent->mdev_driver->probe(mdev);
	if (ret)
		atomic_inc(&parent->available_instances);
	return ret;
}

static int bridge_remove(struct mdev_device *mdev)
{
	struct vap_mdev_parent *parent = the_parent;

	parent->mdev_driver->remove(mdev);
	atomic_inc(&parent->available_instances);
	return 0;
}

/*
 * Unbinding begins, by hand or because the device is removed; the device's lock
 * is held, and vfio will wait until it is closed. An open that comes in now is
 * refused by vfio.
 */
static int on_bus_event(struct notifier_block *nb, unsigned long event, void *data)
{
	struct vap_vfio_device *vdev;
	struct device *dev = data;

	if (event != BUS_NOTIFY_UNBIND_DRIVER || !the_parent ||
	    dev->parent != the_parent->dev)
		return NOTIFY_DONE;

	/*
	 * Not asked under the mutex of openers, who may wait for a lock of the one
	 * who unbinds. If the last closes just now, the work finds that out.
	 */
	vdev = to_vdev(mdev_from_dev(dev));
	if (READ_ONCE(vdev->nr_open)) {
		vdev->requests = 0;
		mod_delayed_work(system_wq, &vdev->request_work, 0);
	}
	return NOTIFY_OK;
}

static struct notifier_block bus_nb = { .notifier_call = on_bus_event };

/* --- the type's files --- */

static ssize_t name_show(struct kobject *kobj, struct device *dev, char *buf)
{
	return sysfs_emit(buf, "%s\n", the_parent->type->pretty_name);
}

static ssize_t device_api_show(struct kobject *kobj, struct device *dev, char *buf)
{
	return sysfs_emit(buf, "%s\n", the_parent->mdev_driver->device_api);
}

static ssize_t available_instances_show(struct kobject *kobj, struct device *dev,
					char *buf)
{
	return sysfs_emit(buf, "%d\n", atomic_read(&the_parent->available_instances));
}

static MDEV_TYPE_ATTR_RO(name);
static MDEV_TYPE_ATTR_RO(device_api);
static MDEV_TYPE_ATTR_RO(available_instances);

static struct attribute *type_attrs[] = {
	&mdev_type_attr_name.attr,
	&mdev_type_attr_device_api.attr,
	&mdev_type_attr_available_instances.attr,
	NULL
};

static struct attribute_group type_group = { .attrs = type_attrs };
static struct attribute_group *type_groups[] = { &type_group, NULL };

static struct mdev_parent_ops bridge_ops = {
	.owner = THIS_MODULE,
	.supported_type_groups = type_groups,
	.create = bridge_create,
	.remove = bridge_remove,
	.open = bridge_open,
	.release = bridge_release,
	.ioctl = bridge_ioctl,
};

/* --- registration --- */

int vap_mdev_register_driver(struct vap_mdev_driver *drv)
{
	/* loaded after mdev by its own wish, but that is only a wish */
	request_module("vfio_mdev");
	if (!driver_find("vfio_mdev", &mdev_bus_type)) {
		pr_err("vfio_ap: the kernel's module vfio_mdev is needed and cannot be loaded\n");
		return -ENODEV;
	}
	return 0;
}

void vap_mdev_unregister_driver(struct vap_mdev_driver *drv)
{
}

int vap_mdev_register_parent(struct vap_mdev_parent *parent, struct device *dev,
			     struct vap_mdev_driver *drv,
			     struct vap_mdev_type **types, unsigned int nr_types)
{
	int ret;

	if (the_parent || nr_types != 1)
		return -EINVAL;
	parent->dev = dev;
	parent->mdev_driver = drv;
	parent->type = types[0];
	atomic_set(&parent->available_instances, drv->max_instances);
	type_group.name = parent->type->sysfs_name;
	bridge_ops.mdev_attr_groups = drv->driver.dev_groups;
	the_parent = parent;

	ret = bus_register_notifier(&mdev_bus_type, &bus_nb);
	if (ret)
		goto err_notifier;
	ret = mdev_register_device(dev, &bridge_ops);
	if (ret)
		goto err_register;
	return 0;

err_register:
	bus_unregister_notifier(&mdev_bus_type, &bus_nb);
err_notifier:
	the_parent = NULL;
	return ret;
}

void vap_mdev_unregister_parent(struct vap_mdev_parent *parent)
{
	mdev_unregister_device(parent->dev);
	bus_unregister_notifier(&mdev_bus_type, &bus_nb);
	the_parent = NULL;
}

#endif
