// SPDX-License-Identifier: GPL-2.0-only
/*
 * mdev.ko: mediated devices for kernels that were built without them.
 *
 * It implements the public interface in linux/mdev.h, which packages of kernel
 * headers contain even if the kernel lacks the code. It has the paths, files and
 * errno values that user space expects (Documentation/ABI, vfio-mediated-device).
 * It is built only for such kernels. Other kernels use their own mdev.
 *
 * This file: creation and removal of parents and devices.
 */
#include "mdev_private.h"

#include "driver_core.h"
#include "version.h"

#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/slab.h>

static DEFINE_MUTEX(mdev_list_lock);
static LIST_HEAD(mdev_list);	/* mdev_list_lock; all devices of all parents */

/* /sys/class/mdev_bus, where tools find parents */
static struct class_compat *mdev_parents_class;

static bool mdev_is_counted(const struct mdev_type *type)
{
	return !type->parent->mdev_driver->get_available;
}

/*
 * Add a device to the list. 0, -EEXIST if another device has the UUID, -EUSERS
 * if the parent has no instance left.
 */
static int mdev_list_enter(struct mdev_device *mdev)
{
	struct mdev_parent *parent = mdev->type->parent;
	struct mdev_device *other;
	int ret = 0;

	mutex_lock(&mdev_list_lock);
	list_for_each_entry(other, &mdev_list, next) {
		if (guid_equal(&other->uuid, &mdev->uuid)) {
			ret = -EEXIST;
			goto out;
		}
	}
	if (mdev_is_counted(mdev->type) &&
	    atomic_dec_if_positive(&parent->available_instances) < 0) {
		ret = -EUSERS;
		goto out;
	}
	list_add(&mdev->next, &mdev_list);
out:
	mutex_unlock(&mdev_list_lock);
	return ret;
}

static void mdev_list_leave(struct mdev_device *mdev)
{
	mutex_lock(&mdev_list_lock);
	list_del(&mdev->next);
	if (mdev_is_counted(mdev->type))
		atomic_inc(&mdev->type->parent->available_instances);
	mutex_unlock(&mdev_list_lock);
}

static void mdev_release(struct device *dev)
{
	kfree(to_mdev_device(dev));
}

/**
 * mdev_create - create a mediated device
 * @type: its type
 * @uuid: its UUID
 *
 * Context: Process context, in the store function of a type's attribute. Takes unreg_sem of
 * the parent by trylock. May sleep.
 * Return: 0; -ENODEV if the parent is being unregistered; -EEXIST if the UUID is in use;
 * -EUSERS if there are too many devices; -ENOMEM; the error of the driver's probe
 */
int mdev_create(struct mdev_type *type, const guid_t *uuid)
{
	struct mdev_parent *parent = type->parent;
	struct mdev_device *mdev;
	int ret;

	if (!down_read_trylock(&parent->unreg_sem))
		return -ENODEV;

	mdev = kzalloc(sizeof(*mdev), GFP_KERNEL);
	if (!mdev) {
		ret = -ENOMEM;
		goto err_unlock;
	}
	mdev->type = type;
	guid_copy(&mdev->uuid, uuid);
	mdev->dev.parent = parent->dev;	/* which the device keeps until device_del() */
	mdev->dev.bus = &mdev_bus;
	mdev->dev.release = mdev_release;
	device_initialize(&mdev->dev);

	ret = dev_set_name(&mdev->dev, "%pUl", uuid);
	if (ret)
		goto err_put;
	ret = mdev_list_enter(mdev);
	if (ret)
		goto err_put;
	ret = device_add(&mdev->dev);
	if (ret)
		goto err_leave;
	/* Attach explicitly, because the bus never matches a driver. */
	ret = device_driver_attach(&parent->mdev_driver->driver, &mdev->dev);
	if (ret)
		goto err_del;

	ret = mdev_files_add(mdev);
	if (ret)
		goto err_del;
	up_read(&parent->unreg_sem);
	return 0;

err_del:
	device_del(&mdev->dev);
err_leave:
	mdev_list_leave(mdev);
err_put:
	put_device(&mdev->dev);
err_unlock:
	up_read(&parent->unreg_sem);
	return ret;
}

/*
 * Remove a device and wait for its users. The caller holds the parent's unreg_sem,
 * for writing, or for reading if it has removed the remove file: one task can.
 */
static void mdev_take_apart(struct mdev_device *mdev)
{
	mdev_files_del(mdev);
	device_del(&mdev->dev);
	mdev_list_leave(mdev);
	put_device(&mdev->dev);
}

/**
 * mdev_remove - remove a mediated device
 * @mdev: the device
 *
 * Context: Process context, in the store function of the device's remove file, which has
 * removed itself. Takes unreg_sem of the parent by trylock. Sleeps until users of the device
 * are gone.
 * Return: 0; -ENODEV if the parent is being unregistered, which removes the device
 */
int mdev_remove(struct mdev_device *mdev)
{
	struct mdev_parent *parent = mdev->type->parent;

	if (!down_read_trylock(&parent->unreg_sem))
		return -ENODEV;
	mdev_take_apart(mdev);
	up_read(&parent->unreg_sem);
	return 0;
}

static void mdev_tell_user_space(struct mdev_parent *parent, char *state)
{
	char *env[] = { state, NULL };

	kobject_uevent_env(&parent->dev->kobj, KOBJ_CHANGE, env);
}

/**
 * mdev_register_parent - allow the creation of mediated devices below a device
 * @parent: storage of the caller; has to exist until mdev_unregister_parent() returns
 * @dev: the parent of the mediated devices
 * @mdev_driver: registered driver that all of them are attached to
 * @types: types of devices, with sysfs_name and pretty_name set
 * @nr_types: number of types
 *
 * Context: Process context. May sleep.
 * Return: 0; -EINVAL if the driver has no device_api or there is no type; an errno of sysfs.
 * After an error, nothing is registered.
 */
int mdev_register_parent(struct mdev_parent *parent, struct device *dev,
			 struct mdev_driver *mdev_driver,
			 struct mdev_type **types, unsigned int nr_types)
{
	int ret;

	if (!mdev_driver->device_api || !nr_types)
		return -EINVAL;

	*parent = (struct mdev_parent) {
		.dev = dev,
		.mdev_driver = mdev_driver,
		.types = types,
		.nr_types = nr_types,
		.available_instances = ATOMIC_INIT(mdev_driver->max_instances),
	};
	init_rwsem(&parent->unreg_sem);

	ret = mdev_types_add(parent);
	if (ret)
		return ret;
	/* Optional: the link is a convenience, no tool needs it. */
	ret = vap_compat_class_link(mdev_parents_class, dev);
	if (ret)
		dev_warn(dev, "MDEV: no link in /sys/class/mdev_bus (%d)\n", ret);
	mdev_tell_user_space(parent, "MDEV_STATE=registered");
	dev_info(dev, "MDEV: Registered\n");
	return 0;
}
EXPORT_SYMBOL_GPL(mdev_register_parent);

static int mdev_remove_child(struct device *dev, void *data)
{
	if (dev->bus == &mdev_bus)
		mdev_take_apart(to_mdev_device(dev));
	return 0;
}

/**
 * mdev_unregister_parent - undo mdev_register_parent()
 * @parent: the registered parent
 *
 * Removes all devices of the parent.
 *
 * Context: Process context. Sleeps until users of the devices are gone.
 */
void mdev_unregister_parent(struct mdev_parent *parent)
{
	dev_info(parent->dev, "MDEV: Unregistering\n");

	/*
	 * From here on no other task can create or remove a device of this
	 * parent. down_write() waits for current writers of the files. Later
	 * writers fail, because they only try to take the semaphore. The files
	 * are gone when the semaphore is released.
	 */
	down_write(&parent->unreg_sem);
	vap_compat_class_unlink(mdev_parents_class, parent->dev);
	device_for_each_child(parent->dev, NULL, mdev_remove_child);
	mdev_types_del(parent);
	up_write(&parent->unreg_sem);
	mdev_tell_user_space(parent, "MDEV_STATE=unregistered");
}
EXPORT_SYMBOL_GPL(mdev_unregister_parent);

static int __init mdev_init(void)
{
	int ret;

	ret = bus_register(&mdev_bus);
	if (ret)
		return ret;
	mdev_parents_class = class_compat_register("mdev_bus");
	if (!mdev_parents_class) {
		bus_unregister(&mdev_bus);
		return -ENOMEM;
	}
	return 0;
}

static void __exit mdev_exit(void)
{
	class_compat_unregister(mdev_parents_class);
	bus_unregister(&mdev_bus);
}

module_init(mdev_init);
module_exit(mdev_exit);

MODULE_AUTHOR("The apmatrix project");
MODULE_DESCRIPTION("Mediated devices, for kernels built without them");
MODULE_VERSION(VAP_VERSION);
MODULE_LICENSE("GPL");
