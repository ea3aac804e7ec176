// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module's driver on the AP bus of this kernel; see ap/ap_bus.h.
 */
#include "ap/ap_bus.h"
#include "ap/layout.h"
#include "driver_core.h"
#include "ap/stand_in.h"

#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/module.h>
#include <linux/string.h>

/*
 * The layout is read from a driver of zcrypt_cex4. kmod takes one softdep for each
 * module, so the one for mdev is here, too.
 */
#if VAP_VFIO_PRESENT || VAP_HAS_VFIO_INIT_GROUP_DEV
MODULE_SOFTDEP("pre: zcrypt_cex4");
#else
MODULE_SOFTDEP("pre: zcrypt_cex4 vfio_mdev");
#endif

/* What the bus reads. Whatever is behind the members that we know is NULL. */
static struct {
	struct device_driver driver;
	unsigned long word[VAP_AP_WORDS];
} image;

static struct vap_ap_layout layout;

/* vap_compat_ap_lock() */
static struct mutex *lock = &VAP_AP_MUTEX;

static struct ap_driver *to_kernel(void)
{
	return (struct ap_driver *)&image;
}

static void make_image(const struct vap_ap_driver *drv)
{
	memset(&image, 0, sizeof(image));
	image.driver.dev_groups = drv->dev_groups;
	image.word[layout.ids] = (unsigned long)drv->ids;
	image.word[layout.probe] = (unsigned long)drv->probe;
	image.word[layout.remove] = (unsigned long)drv->remove;
	if (layout.callbacks) {
		image.word[layout.in_use] = (unsigned long)drv->in_use;
		image.word[layout.on_config_changed] = (unsigned long)drv->on_config_changed;
		image.word[layout.on_scan_complete] = (unsigned long)drv->on_scan_complete;
	}
}

/* In the place of a bus that has no callbacks. */
static int stand_in(const struct vap_ap_driver *drv)
{
	int ret;

	ret = vap_compat_ap_veto_start(drv, image.driver.bus);
	if (ret)
		return ret;
	ret = vap_compat_ap_watch_start(drv, image.driver.bus);
	if (ret)
		vap_compat_ap_veto_stop();
	return ret;
}

int vap_compat_ap_register(const struct vap_ap_driver *drv, struct module *owner,
			   char *name)
{
	int ret;

	ret = vap_compat_ap_find(&layout, "ap", ap_driver_register);
	if (ret)
		return ret;
	lock = layout.callbacks ? &VAP_AP_MUTEX : &vap_compat_ap_veto_mutex;
	make_image(drv);
	ret = ap_driver_register(to_kernel(), owner, name);
	if (ret)
		return ret;
	if (!layout.callbacks) {
		ret = stand_in(drv);
		if (ret) {
			ap_driver_unregister(to_kernel());
			return ret;
		}
	}
	pr_info("vfio_ap: AP bus: %s, %s\n", layout.name, layout.callbacks ?
		"with callbacks" : "without callbacks, its masks and configuration are watched");
	return 0;
}

void vap_compat_ap_unregister(void)
{
	if (!layout.callbacks) {
		vap_compat_ap_watch_stop();
		vap_compat_ap_veto_stop();
	}
	ap_driver_unregister(to_kernel());
}

struct device_driver *vap_compat_ap_driver(void)
{
	return &image.driver;
}

void vap_compat_ap_lock(void)
{
	mutex_lock(lock);
}

void vap_compat_ap_unlock(void)
{
	mutex_unlock(lock);
}

void vap_compat_ap_assert_locked(void)
{
	lockdep_assert_held(lock);
}

/* The bus's own lock, for somebody who holds the one of above. */
static void bus_lock(void)
{
	if (lock != &VAP_AP_MUTEX)
		mutex_lock(&VAP_AP_MUTEX);
}

static void bus_unlock(void)
{
	if (lock != &VAP_AP_MUTEX)
		mutex_unlock(&VAP_AP_MUTEX);
}

/*
 * Kernels differ in who takes the lock for ap_owned_by_def_drv(), and nothing
 * shows it. But as long as the masks alone say who owns a queue, it is as easy
 * to read them.
 */
#if VAP_HAS_AP_OWNER_OVERRIDE

static bool apqn_owned(unsigned int apid, unsigned int apqi)
{
	return ap_owned_by_def_drv(apid, apqi);
}

#else

static bool apqn_owned(unsigned int apid, unsigned int apqi)
{
	return test_bit_inv(apid, ap_perms.apm) && test_bit_inv(apqi, ap_perms.aqm);
}

#endif

bool vap_compat_ap_apqn_owned_by_host(unsigned int apid, unsigned int apqi)
{
	bool ret;

	vap_compat_ap_assert_locked();
	bus_lock();
	ret = apqn_owned(apid, apqi);
	bus_unlock();
	return ret;
}

void vap_compat_ap_masks(unsigned long *apm, unsigned long *aqm)
{
	vap_compat_ap_assert_locked();
	bus_lock();
	bitmap_copy(apm, ap_perms.apm, AP_DEVICES);
	bitmap_copy(aqm, ap_perms.aqm, AP_DOMAINS);
	bus_unlock();
}
