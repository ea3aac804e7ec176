// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mediated devices and their VFIO side before 6.1, as interfaces of today.
 *
 * On 5.10 a driver gives mdev a table of operations for its parent device, and a
 * module of the kernel's, vfio_mdev, is the VFIO driver of every mdev and calls them.
 * From 5.15 to 6.0 the driver is one of the mdev bus and initialises a vfio_device
 * that it embeds, as today. Either way this file is in between:
 *
 *   create, remove of 5.10; probe, remove	probe and remove of the mdev driver
 *   open, release of 5.10; open_device, ...	open_device for the first, close_device
 *						for the last
 *   a VM made known, or vdev->kvm		vdev->kvm, before open_device
 *   an IOMMU notifier				dma_unmap
 *   the device's unbinding, on 5.10		request, at once and every ten seconds
 *   attributes of a type			type and number of instances
 *
 * vfio_mdev does not pass requests to release a device on. But the bus tells of an
 * unbinding before VFIO waits for it.
 */
#if !VAP_VFIO_PRESENT

#define VAP_COMPAT_KERNEL_NAMES

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

/* Whose notifiers and pages they are. */
#if VAP_HAS_VFIO_BY_DEVICE
#define owner_of(vdev)	(&(vdev)->kernel)
#else
#define owner_of(vdev)	((vdev)->dev)
#endif

/* A VM that is ending is none. */
static void take_kvm(struct vap_vfio_device *vdev, struct kvm *kvm)
{
	/* Pairs with the put in let_go_of_kvm() */
	if (kvm && refcount_inc_not_zero(&kvm->users_count))
		vdev->kvm = kvm;
}

static void let_go_of_kvm(struct vap_vfio_device *vdev)
{
	if (vdev->kvm)
		kvm_put_kvm(vdev->kvm);
	vdev->kvm = NULL;
}

#if VAP_HAS_VFIO_KVM_POINTER

static int learn_kvm(struct vap_vfio_device *vdev)
{
	take_kvm(vdev, vdev->kernel.kvm);
	return 0;
}

static void forget_kvm(struct vap_vfio_device *vdev)
{
	let_go_of_kvm(vdev);
}

#else

/*
 * The VM that the group belongs to, told at once when we ask to be told. It may
 * be told to go away later, which is no news: an open device keeps it.
 */
static int on_group_event(struct notifier_block *nb, unsigned long event, void *data)
{
	struct vap_vfio_device *vdev = container_of(nb, struct vap_vfio_device,
						    group_nb);

	if (event == VFIO_GROUP_NOTIFY_SET_KVM && !vdev->kvm)
		take_kvm(vdev, data);
	return NOTIFY_OK;
}

static int learn_kvm(struct vap_vfio_device *vdev)
{
	unsigned long events = VFIO_GROUP_NOTIFY_SET_KVM;

	vdev->group_nb.notifier_call = on_group_event;
	return vfio_register_notifier(vdev->dev, VFIO_GROUP_NOTIFY, &events, &vdev->group_nb);
}

static void forget_kvm(struct vap_vfio_device *vdev)
{
	vfio_unregister_notifier(vdev->dev, VFIO_GROUP_NOTIFY, &vdev->group_nb);
	let_go_of_kvm(vdev);
}

#endif

#if VAP_HAS_VFIO_DEVICE_OPS

static int watch_unmap(struct vap_vfio_device *vdev)
{
	return 0;
}

static void unwatch_unmap(struct vap_vfio_device *vdev)
{
}

#else

static int on_iommu_event(struct notifier_block *nb, unsigned long event, void *data)
{
	struct vap_vfio_device *vdev = container_of(nb, struct vap_vfio_device,
						    iommu_nb);
	struct vfio_iommu_type1_dma_unmap *unmap = data;

	if (event == VFIO_IOMMU_NOTIFY_DMA_UNMAP)
		vdev->ops->dma_unmap(vdev, unmap->iova, unmap->size);
	return NOTIFY_OK;
}

static int watch_unmap(struct vap_vfio_device *vdev)
{
	unsigned long events = VFIO_IOMMU_NOTIFY_DMA_UNMAP;

	vdev->iommu_nb.notifier_call = on_iommu_event;
	return vfio_register_notifier(owner_of(vdev), VFIO_IOMMU_NOTIFY, &events,
				      &vdev->iommu_nb);
}

static void unwatch_unmap(struct vap_vfio_device *vdev)
{
	vfio_unregister_notifier(owner_of(vdev), VFIO_IOMMU_NOTIFY, &vdev->iommu_nb);
}

#endif

static int first_open(struct vap_vfio_device *vdev)
{
	int ret;

	ret = learn_kvm(vdev);
	if (ret)
		return ret;
	ret = watch_unmap(vdev);
	if (ret)
		goto err_kvm;
	ret = vdev->ops->open_device(vdev);
	if (ret)
		goto err_unmap;
	return 0;

err_unmap:
	unwatch_unmap(vdev);
err_kvm:
	forget_kvm(vdev);
	return ret;
}

static void last_close(struct vap_vfio_device *vdev)
{
	vdev->ops->close_device(vdev);
	unwatch_unmap(vdev);
	forget_kvm(vdev);
}

/* What newer kernels' vfio itself answers for a driver without features. */
static long no_feature(const void __user *arg)
{
	struct vfio_device_feature feature;

	if (copy_from_user(&feature, arg, sizeof(feature)))
		return -EFAULT;
	return feature.argsz < sizeof(feature) ? -EINVAL : -ENOTTY;
}

static long ioctl(struct vap_vfio_device *vdev, unsigned int cmd, unsigned long arg)
{
	if (cmd == VFIO_DEVICE_FEATURE)
		return no_feature((void __user *)arg);
	return vdev->ops->ioctl(vdev, cmd, arg);
}

#if VAP_HAS_VFIO_INIT_GROUP_DEV

static struct vap_vfio_device *to_vdev(struct vfio_device *kernel)
{
	return container_of(kernel, struct vap_vfio_device, kernel);
}

static int bridge_open(struct vfio_device *kernel)
{
	return first_open(to_vdev(kernel));
}

static void bridge_close(struct vfio_device *kernel)
{
	last_close(to_vdev(kernel));
}

static long bridge_ioctl(struct vfio_device *kernel, unsigned int cmd, unsigned long arg)
{
	return ioctl(to_vdev(kernel), cmd, arg);
}

static void bridge_request(struct vfio_device *kernel, unsigned int count)
{
	to_vdev(kernel)->ops->request(to_vdev(kernel), count);
}

#if VAP_HAS_VFIO_DEVICE_OPS
static void bridge_dma_unmap(struct vfio_device *kernel, u64 iova, u64 length)
{
	to_vdev(kernel)->ops->dma_unmap(to_vdev(kernel), iova, length);
}
#endif

static const struct vfio_device_ops bridge_ops = {
	.name = "vfio_ap",
	.open_device = bridge_open,
	.close_device = bridge_close,
	.ioctl = bridge_ioctl,
	.request = bridge_request,
#if VAP_HAS_VFIO_DEVICE_OPS
	.dma_unmap = bridge_dma_unmap,
#endif
};

static void init_device(struct vap_vfio_device *vdev)
{
	vfio_init_group_dev(&vdev->kernel, vdev->dev, &bridge_ops);
}

static void uninit_device(struct vap_vfio_device *vdev)
{
	vfio_uninit_group_dev(&vdev->kernel);
}

int vap_vfio_register(struct vap_vfio_device *vdev)
{
#if VAP_HAS_VFIO_EMULATED_IOMMU
	return vfio_register_emulated_iommu_dev(&vdev->kernel);
#else
	return vfio_register_group_dev(&vdev->kernel);
#endif
}

void vap_vfio_unregister(struct vap_vfio_device *vdev)
{
	vfio_unregister_group_dev(&vdev->kernel);
}

#else

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
		last_close(vdev);
	}
	mutex_unlock(&vdev->open_mutex);
	module_put(THIS_MODULE);
}

static long bridge_ioctl(struct mdev_device *mdev, unsigned int cmd, unsigned long arg)
{
	return ioctl(to_vdev(mdev), cmd, arg);
}

static void init_device(struct vap_vfio_device *vdev)
{
	INIT_DELAYED_WORK(&vdev->request_work, request_again);
}

static void uninit_device(struct vap_vfio_device *vdev)
{
	cancel_delayed_work_sync(&vdev->request_work);
}

/* vfio_mdev does both when the device is bound to it and unbound. */
int vap_vfio_register(struct vap_vfio_device *vdev)
{
	return 0;
}

void vap_vfio_unregister(struct vap_vfio_device *vdev)
{
}

#endif

struct vap_vfio_device *vap_vfio_alloc(size_t size, struct device *dev,
				       const struct vap_vfio_device_ops *ops)
{
	struct vap_vfio_device *vdev = kzalloc(size, GFP_KERNEL);

	if (!vdev)
		return ERR_PTR(-ENOMEM);
	vdev->dev = dev;
	vdev->ops = ops;
	mutex_init(&vdev->open_mutex);
	init_device(vdev);
	return vdev;
}

void vap_vfio_put(struct vap_vfio_device *vdev)
{
	uninit_device(vdev);
	kfree(vdev);
}

#if VAP_HAS_VFIO_DEVICE_OPS

int vap_vfio_pin_pages(struct vap_vfio_device *vdev, dma_addr_t iova, int npage,
		       int prot, struct page **pages)
{
	return vfio_pin_pages(&vdev->kernel, iova, npage, prot, pages);
}

void vap_vfio_unpin_pages(struct vap_vfio_device *vdev, dma_addr_t iova, int npage)
{
	vfio_unpin_pages(&vdev->kernel, iova, npage);
}

#else

int vap_vfio_pin_pages(struct vap_vfio_device *vdev, dma_addr_t iova, int npage,
		       int prot, struct page **pages)
{
	unsigned long user = iova >> PAGE_SHIFT, host;
	int ret;

	if (npage != 1)
		return -E2BIG;
	ret = vfio_pin_pages(owner_of(vdev), &user, 1, prot, &host);
	if (ret == 1)
		*pages = pfn_to_page(host);
	return ret;
}

void vap_vfio_unpin_pages(struct vap_vfio_device *vdev, dma_addr_t iova, int npage)
{
	unsigned long user = iova >> PAGE_SHIFT;

	vfio_unpin_pages(owner_of(vdev), &user, 1);
}

#endif

/* --- a device as mdev has it --- */

static int make_device(struct mdev_device *mdev)
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

static void remove_device(struct mdev_device *mdev)
{
	struct vap_mdev_parent *parent = the_parent;

	parent->mdev_driver->remove(mdev);
	atomic_inc(&parent->available_instances);
}

/* --- the type's files --- */

#if VAP_HAS_MDEV_PARENT_OPEN
#define TYPE_SHOW(name)							\
	static ssize_t name##_show(struct kobject *kobj, struct device *dev, char *buf)
#else
#define TYPE_SHOW(name)							\
	static ssize_t name##_show(struct mdev_type *type,		\
				   struct mdev_type_attribute *attr, char *buf)
#endif

TYPE_SHOW(name)
{
	return sysfs_emit(buf, "%s\n", the_parent->type->pretty_name);
}

TYPE_SHOW(device_api)
{
	return sysfs_emit(buf, "%s\n", the_parent->mdev_driver->device_api);
}

TYPE_SHOW(available_instances)
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

/* --- registration --- */

#if VAP_HAS_MDEV_PARENT_OPEN

static int bridge_create(struct kobject *kobj, struct mdev_device *mdev)
{
	return make_device(mdev);
}

static int bridge_remove(struct mdev_device *mdev)
{
	remove_device(mdev);
	return 0;
}

static struct mdev_parent_ops parent_ops = {
	.owner = THIS_MODULE,
	.supported_type_groups = type_groups,
	.create = bridge_create,
	.remove = bridge_remove,
	.open = bridge_open,
	.release = bridge_release,
	.ioctl = bridge_ioctl,
};

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

static int register_parent(struct vap_mdev_parent *parent)
{
	int ret;

	parent_ops.mdev_attr_groups = parent->mdev_driver->driver.dev_groups;
	ret = bus_register_notifier(&mdev_bus_type, &bus_nb);
	if (ret)
		return ret;
	ret = mdev_register_device(parent->dev, &parent_ops);
	if (ret)
		bus_unregister_notifier(&mdev_bus_type, &bus_nb);
	return ret;
}

static void unregister_parent(struct vap_mdev_parent *parent)
{
	mdev_unregister_device(parent->dev);
	bus_unregister_notifier(&mdev_bus_type, &bus_nb);
}

#else

static struct mdev_driver kernel_driver = {
	.probe = make_device,
	.remove = remove_device,
#if VAP_HAS_MDEV_DRIVER_REGISTERS
	.supported_type_groups = type_groups,
#endif
};

int vap_mdev_register_driver(struct vap_mdev_driver *drv)
{
	kernel_driver.driver = (struct device_driver) {
		.name = drv->driver.name,
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
		.dev_groups = drv->driver.dev_groups,
	};
	return mdev_register_driver(&kernel_driver);
}

void vap_mdev_unregister_driver(struct vap_mdev_driver *drv)
{
	mdev_unregister_driver(&kernel_driver);
}

#if VAP_HAS_MDEV_DRIVER_REGISTERS
#define PARENT	(&kernel_driver)
#elif VAP_HAS_MDEV_PARENT_DRIVER
static const struct mdev_parent_ops parent_ops = {
	.owner = THIS_MODULE,
	.device_driver = &kernel_driver,
	.supported_type_groups = type_groups,
};
#define PARENT	(&parent_ops)
#endif

static int register_parent(struct vap_mdev_parent *parent)
{
	return mdev_register_device(parent->dev, PARENT);
}

static void unregister_parent(struct vap_mdev_parent *parent)
{
	mdev_unregister_device(parent->dev);
}

#endif

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
	the_parent = parent;
	ret = register_parent(parent);
	if (ret)
		the_parent = NULL;
	return ret;
}

void vap_mdev_unregister_parent(struct vap_mdev_parent *parent)
{
	unregister_parent(parent);
	the_parent = NULL;
}

#endif
