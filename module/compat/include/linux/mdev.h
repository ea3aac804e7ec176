/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux/mdev.h as kernels from 6.1 on have it, for those before: ours under the newest
 * names, see linux/vfio.h beside this file.
 */
#ifndef VAP_COMPAT_LINUX_MDEV_H
#define VAP_COMPAT_LINUX_MDEV_H

#include <linux/device.h>
#include <linux/uuid.h>
#include_next <linux/mdev.h>

#if VAP_VFIO_PRESENT || VAP_HAS_VFIO_INIT_GROUP_DEV

static inline void vap_compat_mdev_set_drvdata(struct mdev_device *mdev, void *data)
{
	dev_set_drvdata(mdev_dev(mdev), data);
}

static inline void *vap_compat_mdev_drvdata(struct device *dev)
{
	return dev_get_drvdata(dev);
}

static inline const guid_t *vap_compat_mdev_uuid(struct mdev_device *mdev)
{
	return &mdev->uuid;
}

#else

/* The device's own drvdata is vfio's. */
static inline void vap_compat_mdev_set_drvdata(struct mdev_device *mdev, void *data)
{
	mdev_set_drvdata(mdev, data);
}

static inline void *vap_compat_mdev_drvdata(struct device *dev)
{
	return mdev_get_drvdata(mdev_from_dev(dev));
}

static inline const guid_t *vap_compat_mdev_uuid(struct mdev_device *mdev)
{
	return mdev_uuid(mdev);
}

#endif

#if !VAP_VFIO_PRESENT

struct vap_mdev_type {
	const char *sysfs_name;
	const char *pretty_name;
};

struct vap_mdev_driver {
	const char *device_api;
	unsigned int max_instances;
	int (*probe)(struct mdev_device *mdev);
	void (*remove)(struct mdev_device *mdev);
	struct device_driver driver;	/* of this, dev_groups is used */
};

struct vap_mdev_parent {
	struct device *dev;
	struct vap_mdev_driver *mdev_driver;
	struct vap_mdev_type *type;
	atomic_t available_instances;
};

/**
 * vap_mdev_register_parent() - mdev_register_parent() of newer kernels
 * @parent: storage of the caller; has to exist until vap_mdev_unregister_parent()
 * @dev: the parent of the mdevs
 * @drv: the registered driver
 * @types: one type
 * @nr_types: 1
 *
 * Context: Process context. May sleep.
 * Return: 0 or a negative errno; -EINVAL if there is a parent already
 */
int vap_mdev_register_parent(struct vap_mdev_parent *parent, struct device *dev,
			     struct vap_mdev_driver *drv,
			     struct vap_mdev_type **types, unsigned int nr_types);

/**
 * vap_mdev_unregister_parent() - mdev_unregister_parent() of newer kernels
 * @parent: the parent
 *
 * Context: Process context. Sleeps until all mdevs are removed.
 */
void vap_mdev_unregister_parent(struct vap_mdev_parent *parent);

/**
 * vap_mdev_register_driver() - mdev_register_driver() of newer kernels
 * @drv: the driver
 *
 * Context: Process context. May sleep.
 * Return: 0 or a negative errno; -ENODEV if the kernel's vfio_mdev is needed and missing
 */
int vap_mdev_register_driver(struct vap_mdev_driver *drv);

/**
 * vap_mdev_unregister_driver() - mdev_unregister_driver() of newer kernels
 * @drv: the driver
 *
 * Context: Process context. May sleep.
 */
void vap_mdev_unregister_driver(struct vap_mdev_driver *drv);

#ifndef VAP_COMPAT_KERNEL_NAMES
#define mdev_type vap_mdev_type
#define mdev_driver vap_mdev_driver
#define mdev_parent vap_mdev_parent
#define mdev_register_parent vap_mdev_register_parent
#define mdev_unregister_parent vap_mdev_unregister_parent
#define mdev_register_driver vap_mdev_register_driver
#define mdev_unregister_driver vap_mdev_unregister_driver
#endif

#endif
#endif
