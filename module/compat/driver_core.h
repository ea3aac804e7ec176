/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between kernels in the driver core and in sysfs.
 */
#ifndef VAP_COMPAT_DRIVER_CORE_H
#define VAP_COMPAT_DRIVER_CORE_H

#include <linux/device.h>
#include <linux/kernfs.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/sysfs.h>

/* The second argument of a binary attribute's callbacks. */
#if VAP_HAS_BIN_ATTR_CONST
typedef const struct bin_attribute vap_compat_bin_attr;
#else
typedef struct bin_attribute vap_compat_bin_attr;
#endif

/*
 * A bus: constant data, but not on kernels whose driver core stores a pointer of
 * its own in it.
 */
#if VAP_HAS_BUS_REGISTER_CONST
typedef const struct bus_type vap_compat_bus;
#else
typedef struct bus_type vap_compat_bus;
#endif

/* The driver that a bus's match() is asked about. */
#if VAP_HAS_BUS_MATCH_CONST
typedef const struct device_driver vap_compat_match_driver;
#else
typedef struct device_driver vap_compat_match_driver;
#endif

/* 5.13: lockdep can assert that a lock is not held. */
#ifndef lockdep_assert_not_held
#define lockdep_assert_not_held(lock)	((void)(lock))
#endif

/*
 * Wake who polls an attribute, if any. sysfs_notify_dirent() wakes a worker each time, though
 * who polls has the file open, and mostly nobody has. Whoever opens it after this look
 * reads the new value, which the caller has published under the lock that readers take.
 */
static inline void vap_compat_sysfs_notify(struct kernfs_node *node)
{
	if (rcu_access_pointer(node->attr.open))
		sysfs_notify_dirent(node);
}

/* A device's link in a compatibility class. */
static inline int vap_compat_class_link(struct class_compat *class,
					struct device *dev)
{
#if VAP_HAS_CLASS_COMPAT_TWO_ARGS
	return class_compat_create_link(class, dev);
#else
	return class_compat_create_link(class, dev, NULL);
#endif
}

static inline void vap_compat_class_unlink(struct class_compat *class,
					   struct device *dev)
{
#if VAP_HAS_CLASS_COMPAT_TWO_ARGS
	class_compat_remove_link(class, dev);
#else
	class_compat_remove_link(class, dev, NULL);
#endif
}

#endif
