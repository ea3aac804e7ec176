// SPDX-License-Identifier: GPL-2.0-only
/*
 * mdev.ko: the files in sysfs.
 *
 *   PARENT/mdev_supported_types/DRIVER-TYPE/{name,device_api,...,create,devices/}
 *   PARENT/UUID/{remove,mdev_type}
 *
 * The kobject of a type is in storage of the parent's driver. Only sysfs holds a
 * reference to it, so the storage is unused when mdev_types_del() returns.
 */
#include "mdev_private.h"

#include <linux/slab.h>
#include <linux/sysfs.h>

static struct mdev_type *to_type(struct kobject *kobj)
{
	return container_of(kobj, struct mdev_type, kobj);
}

/* --- files of a type --- */

static ssize_t name_show(struct kobject *kobj, struct kobj_attribute *attr,
			 char *buf)
{
	const struct mdev_type *type = to_type(kobj);

	return sysfs_emit(buf, "%s\n", type->pretty_name ?: type->sysfs_name);
}

static ssize_t device_api_show(struct kobject *kobj,
			       struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", to_type(kobj)->parent->mdev_driver->device_api);
}

static ssize_t available_instances_show(struct kobject *kobj,
					struct kobj_attribute *attr, char *buf)
{
	struct mdev_type *type = to_type(kobj);
	struct mdev_driver *drv = type->parent->mdev_driver;

	if (drv->get_available)
		return sysfs_emit(buf, "%u\n", drv->get_available(type));
	return sysfs_emit(buf, "%u\n", atomic_read(&type->parent->available_instances));
}

static ssize_t description_show(struct kobject *kobj,
				struct kobj_attribute *attr, char *buf)
{
	struct mdev_type *type = to_type(kobj);

	return type->parent->mdev_driver->show_description(type, buf);
}

/* Accepts a UUID of 36 characters, followed by at most one more character. */
static ssize_t create_store(struct kobject *kobj, struct kobj_attribute *attr,
			    const char *buf, size_t count)
{
	char text[UUID_STRING_LEN + 1];
	guid_t uuid;
	int ret;

	if (count < UUID_STRING_LEN || count > UUID_STRING_LEN + 1)
		return -EINVAL;
	memcpy(text, buf, UUID_STRING_LEN);
	text[UUID_STRING_LEN] = '\0';
	ret = guid_parse(text, &uuid);
	if (ret)
		return ret;

	ret = mdev_create(to_type(kobj), &uuid);
	return ret ?: count;
}

static struct kobj_attribute name_attr = __ATTR_RO(name);
static struct kobj_attribute device_api_attr = __ATTR_RO(device_api);
static struct kobj_attribute available_instances_attr = __ATTR_RO(available_instances);
static struct kobj_attribute description_attr = __ATTR_RO(description);
static struct kobj_attribute create_attr = __ATTR_WO(create);

static struct attribute *type_attrs[] = {
	&name_attr.attr,
	&device_api_attr.attr,
	&available_instances_attr.attr,
	&description_attr.attr,
	&create_attr.attr,
	NULL
};

static umode_t type_attr_visible(struct kobject *kobj, struct attribute *attr,
				 int n)
{
	if (attr == &description_attr.attr &&
	    !to_type(kobj)->parent->mdev_driver->show_description)
		return 0;
	return attr->mode;
}

static const struct attribute_group type_group = {
	.attrs = type_attrs,
	.is_visible = type_attr_visible,
};

static const struct attribute_group *type_groups[] = { &type_group, NULL };

/* Nothing to free: the driver owns the storage. */
static void type_release(struct kobject *kobj)
{
}

static const struct kobj_type type_ktype = {
	.sysfs_ops = &kobj_sysfs_ops,
	.default_groups = type_groups,
	.release = type_release,
};

static int type_add(struct mdev_parent *parent, struct mdev_type *type)
{
	int ret;

	/* The same type can be registered again, with a new parent. */
	memset(&type->kobj, 0, sizeof(type->kobj));
	type->parent = parent;
	type->kobj.kset = parent->mdev_types_kset;
	ret = kobject_init_and_add(&type->kobj, &type_ktype, NULL, "%s-%s",
				   dev_driver_string(parent->dev), type->sysfs_name);
	if (ret)
		goto err_put;
	type->devices_kobj = kobject_create_and_add("devices", &type->kobj);
	if (!type->devices_kobj) {
		ret = -ENOMEM;
		goto err_del;
	}
	return 0;

err_del:
	kobject_del(&type->kobj);
err_put:
	kobject_put(&type->kobj);
	return ret;
}

static void type_del(struct mdev_type *type)
{
	kobject_put(type->devices_kobj);
	kobject_del(&type->kobj);
	kobject_put(&type->kobj);
}

/**
 * mdev_types_add - add the types of a parent to sysfs
 * @parent: the parent
 *
 * Context: Process context. May sleep.
 * Return: 0 or a negative errno; after an error, no type is added
 */
int mdev_types_add(struct mdev_parent *parent)
{
	unsigned int i;
	int ret;

	parent->mdev_types_kset = kset_create_and_add("mdev_supported_types", NULL,
						      &parent->dev->kobj);
	if (!parent->mdev_types_kset)
		return -ENOMEM;
	for (i = 0; i < parent->nr_types; i++) {
		ret = type_add(parent, parent->types[i]);
		if (ret)
			goto err_types;
	}
	return 0;

err_types:
	while (i--)
		type_del(parent->types[i]);
	kset_unregister(parent->mdev_types_kset);
	return ret;
}

/**
 * mdev_types_del - remove the types of a parent from sysfs
 * @parent: the parent
 *
 * Context: Process context, unreg_sem of the parent held for writing. Sleeps until readers
 * and writers of the files are gone.
 */
void mdev_types_del(struct mdev_parent *parent)
{
	unsigned int i;

	for (i = 0; i < parent->nr_types; i++)
		type_del(parent->types[i]);
	kset_unregister(parent->mdev_types_kset);
}

/* --- files of a device --- */

/*
 * Any number except 0 removes the device. The file removes itself first. Thus
 * only one of several writers continues, and it does not wait for itself.
 */
static ssize_t remove_store(struct device *dev, struct device_attribute *attr,
			    const char *buf, size_t count)
{
	unsigned long wanted;
	int ret;

	if (kstrtoul(buf, 0, &wanted))
		return -EINVAL;
	if (!wanted || !device_remove_file_self(dev, attr))
		return count;
	ret = mdev_remove(to_mdev_device(dev));
	return ret ?: count;
}

static DEVICE_ATTR_WO(remove);

/**
 * mdev_files_add - add the links and the remove file of a device
 * @mdev: the device
 *
 * The remove file is last, after everything else exists.
 *
 * Context: Process context, unreg_sem of the parent held for reading. May sleep.
 * Return: 0 or a negative errno; after an error, no file is added
 */
int mdev_files_add(struct mdev_device *mdev)
{
	struct kobject *devices = mdev->type->devices_kobj;
	int ret;

	ret = sysfs_create_link(devices, &mdev->dev.kobj, dev_name(&mdev->dev));
	if (ret)
		return ret;
	ret = sysfs_create_link(&mdev->dev.kobj, &mdev->type->kobj, "mdev_type");
	if (ret)
		goto err_devices;
	ret = device_create_file(&mdev->dev, &dev_attr_remove);
	if (ret)
		goto err_type;
	return 0;

err_type:
	sysfs_remove_link(&mdev->dev.kobj, "mdev_type");
err_devices:
	sysfs_remove_link(devices, dev_name(&mdev->dev));
	return ret;
}

/**
 * mdev_files_del - remove the links and the remove file of a device
 * @mdev: the device
 *
 * Context: Process context, unreg_sem of the parent held. Sleeps until a writer of the remove
 * file is gone, unless the caller is that writer.
 */
void mdev_files_del(struct mdev_device *mdev)
{
	device_remove_file(&mdev->dev, &dev_attr_remove);
	sysfs_remove_link(&mdev->dev.kobj, "mdev_type");
	sysfs_remove_link(mdev->type->devices_kobj, dev_name(&mdev->dev));
}
