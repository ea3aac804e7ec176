/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The private ABI of the kernel's AP bus, as far as this module uses it.
 *
 * No headers package holds it, so it is declared here, once for each layout
 * that a kernel line has. VAP_AP_LAYOUT (vap_facts.h) says which one this
 * kernel has; the build compares it with the kernel's BTF where there is any,
 * and vap_compat_ap_selfcheck() compares it with live objects before a driver
 * is registered. This is the only file that knows that there are several.
 *
 * A struct ap_queue is never looked into: it begins with a struct ap_device,
 * which begins with a struct device, and the device's name is its APQN.
 */
#ifndef VAP_COMPAT_AP_BUS_H
#define VAP_COMPAT_AP_BUS_H

#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/lockdep.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>
#include <asm/ap.h>

#define AP_DEVICES	256
#define AP_DOMAINS	256
#define VAP_AP_IOCTLS	256	/* bits of ap_perms.ioctlm */

/* Response codes of PQAP, as the architecture numbers them. */
#define AP_RESPONSE_NORMAL			0x00
#define AP_RESPONSE_Q_NOT_AVAIL			0x01
#define AP_RESPONSE_RESET_IN_PROGRESS		0x02
#define AP_RESPONSE_DECONFIGURED		0x03
#define AP_RESPONSE_CHECKSTOPPED		0x04
#define AP_RESPONSE_BUSY			0x05
#define AP_RESPONSE_INVALID_ADDRESS		0x06
#define AP_RESPONSE_OTHERWISE_CHANGED		0x07
#define AP_RESPONSE_INVALID_GISA		0x08
#define AP_RESPONSE_Q_BOUND_TO_ANOTHER		0x09
#define AP_RESPONSE_STATE_CHANGE_IN_PROGRESS	0x0a
#define AP_RESPONSE_Q_NOT_BOUND			0x0b
#define AP_RESPONSE_Q_BIND_ERROR		0x30
#define AP_RESPONSE_Q_NOT_AVAIL_FOR_ASSOC	0x31
#define AP_RESPONSE_Q_NOT_EMPTY			0x32
#define AP_RESPONSE_BIND_LIMIT_EXCEEDED		0x33
#define AP_RESPONSE_INVALID_ASSOC_SECRET	0x34
#define AP_RESPONSE_ASSOC_SECRET_NOT_UNIQUE	0x35
#define AP_RESPONSE_ASSOC_FAILED		0x36
#define AP_RESPONSE_INVALID_DOMAIN		0x42

/* Device types that the bus gives to cards and queues. */
enum {
	AP_DEVICE_TYPE_CEX4 = 10,
	AP_DEVICE_TYPE_CEX5,
	AP_DEVICE_TYPE_CEX6,
	AP_DEVICE_TYPE_CEX7,
	AP_DEVICE_TYPE_CEX8,
};

#define AP_DRIVER_FLAG_DEFAULT	0x0001	/* a driver of the host (zcrypt) */

/* What the layouts are made of. */
struct ap_device;

typedef int ap_probe_fn(struct ap_device *adev);
typedef void ap_remove_fn(struct ap_device *adev);
typedef int ap_in_use_fn(unsigned long *apm, unsigned long *aqm);
typedef void ap_config_fn(struct ap_config_info *new_info,
			  struct ap_config_info *old_info);

/* Which queues a driver is for, and whether it is the host's. */
#define VAP_AP_MATCH	struct ap_device_id *ids; unsigned int flags
#define VAP_AP_BITS(name, bits)	unsigned long name[BITS_TO_LONGS(bits)]

#if VAP_AP_LAYOUT == 702
#include "ap_bus-7.2.h"
#elif VAP_AP_LAYOUT == 517
#include "ap_bus-5.17.h"
#elif VAP_AP_LAYOUT == 510
#include "ap_bus-5.10.h"
#else
#error "no layout of the AP bus was chosen for this kernel"
#endif

/* What everything here relies on: casts between the three are the identity. */
struct ap_queue {
	struct ap_device ap_dev;
	/* more follows, none of our business */
};

static_assert(offsetof(struct ap_driver, driver) == 0);
static_assert(offsetof(struct ap_device, device) == 0);
static_assert(offsetof(struct ap_queue, ap_dev) == 0);

#define to_ap_drv(x)	container_of(x, struct ap_driver, driver)
#define to_ap_dev(x)	container_of(x, struct ap_device, device)

extern struct ap_perms ap_perms;

int ap_driver_register(struct ap_driver *drv, struct module *owner, char *name);
void ap_driver_unregister(struct ap_driver *drv);

/*
 * Text of one mask, absolute or relative to *bitmap as the bus's attributes
 * take it, into bitmap under *lock. 0, -EINVAL, -ERESTARTSYS.
 */
int ap_parse_mask_str(const char *str, unsigned long *bitmap, int bits,
		      struct mutex *lock);

int ap_owned_by_def_drv(int card, int queue);
int ap_apqn_in_matrix_owned_by_def_drv(unsigned long *apm, unsigned long *aqm);

/*
 * The lock that freezes apmask, aqmask and the owners of queues. On kernels
 * with in_use() the bus holds it around that callback.
 *
 * VAP_AP_MUTEX is its name in this kernel. On layout 510 the bus takes it inside
 * its helpers, so there the lock is one of ours, which also keeps mask writers out.
 */
extern struct mutex VAP_AP_MUTEX;
#if VAP_AP_LAYOUT == 510
extern struct mutex vap_compat_ap_veto_mutex;
#define vap_compat_ap_mutex	vap_compat_ap_veto_mutex
#else
#define vap_compat_ap_mutex	VAP_AP_MUTEX
#endif

static inline void vap_compat_ap_lock(void)
{
	mutex_lock(&vap_compat_ap_mutex);
}

static inline void vap_compat_ap_unlock(void)
{
	mutex_unlock(&vap_compat_ap_mutex);
}

#define vap_compat_ap_assert_locked()	lockdep_assert_held(&vap_compat_ap_mutex)

/*
 * Has a driver of the host a right to any APQN of apm x aqm? The masks are 256
 * bits each, id 0 leftmost, and are only read. vap_compat_ap_lock() held.
 */
static inline bool vap_compat_ap_owned_by_host(const unsigned long *apm,
					       const unsigned long *aqm)
{
	vap_compat_ap_assert_locked();
	return ap_apqn_in_matrix_owned_by_def_drv((unsigned long *)apm,
						  (unsigned long *)aqm);
}

/* The same for one APQN. vap_compat_ap_lock() held. */
static inline bool vap_compat_ap_apqn_owned_by_host(unsigned int apid,
						    unsigned int apqi)
{
	vap_compat_ap_assert_locked();
	return ap_owned_by_def_drv(apid, apqi);
}

/*
 * Copies of the bus's two masks, 256 bits each. vap_compat_ap_lock() held.
 * An in_use() callback that is told of one mask intersects with the other.
 */
static inline void vap_compat_ap_masks(unsigned long *apm, unsigned long *aqm)
{
	vap_compat_ap_assert_locked();
#if VAP_AP_LAYOUT == 510
	mutex_lock(&VAP_AP_MUTEX);
#endif
	bitmap_copy(apm, ap_perms.apm, AP_DEVICES);
	bitmap_copy(aqm, ap_perms.aqm, AP_DOMAINS);
#if VAP_AP_LAYOUT == 510
	mutex_unlock(&VAP_AP_MUTEX);
#endif
}

/*
 * 5.17: the bus itself calls in_use(), on_config_changed() and
 * on_scan_complete(). On layout 510 this does it in the bus's place, between
 * registration and unregistration, for one driver (ap_veto.c, ap_watch.c).
 */
#if VAP_AP_LAYOUT == 510
int vap_compat_ap_driver_register(struct ap_driver *drv, struct module *owner,
				  char *name);
void vap_compat_ap_driver_unregister(struct ap_driver *drv);

int vap_compat_ap_veto_start(struct ap_driver *drv);
void vap_compat_ap_veto_stop(void);
int vap_compat_ap_watch_start(struct ap_driver *drv);
void vap_compat_ap_watch_stop(void);

#ifndef VAP_COMPAT_BRIDGE
#define ap_driver_register	vap_compat_ap_driver_register
#define ap_driver_unregister	vap_compat_ap_driver_unregister
#endif
#endif

/*
 * Have the bus look at the hardware now, and wait for it. Never from a
 * callback of the bus, nor with a lock that one of them takes.
 */
void vap_compat_ap_rescan(void);

/*
 * The APQN of a queue device, from its name: XX.YYYY, hexadecimal.
 * -ENODEV if the name is not that of a queue.
 */
int vap_compat_ap_apqn(const struct device *dev, unsigned int *apid,
		       unsigned int *apqi);

/*
 * Are the live objects of the AP bus what this file says they are? To be
 * called before ap_driver_register(). 0, or -ENOEXEC after one line in the
 * log that says what was found.
 */
int vap_compat_ap_selfcheck(void);

#endif
