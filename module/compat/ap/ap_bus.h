/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The AP bus, as the rest of the module uses it.
 *
 * The bus's own structures are private to the kernel, and kernels differ in them. The
 * module describes its driver in a struct vap_ap_driver, and ap_bus.c makes of it what
 * this kernel's bus reads, after layout_find.c has found out what that is. Nothing of
 * the module is registered with the bus before.
 *
 * A struct ap_device is only ever a device with something behind it that nobody looks
 * at: the device's name is its APQN, and vap_compat_ap_type() knows its type.
 */
#ifndef VAP_COMPAT_AP_BUS_H
#define VAP_COMPAT_AP_BUS_H

#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>
#include <asm/ap.h>

#define AP_DEVICES	256
#define AP_DOMAINS	256

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

/* A card or a queue. A struct ap_queue begins with it, too. */
struct ap_device {
	struct device device;
	/* more follows */
};

/* A driver for queues, with everything that the AP bus of the newest kernel calls. */
struct vap_ap_driver {
	struct ap_device_id *ids;
	const struct attribute_group **dev_groups;	/* files of a bound queue */
	int (*probe)(struct ap_device *adev);
	void (*remove)(struct ap_device *adev);
	/* called with vap_compat_ap_lock() held */
	int (*in_use)(unsigned long *apm, unsigned long *aqm);
	void (*on_config_changed)(struct ap_config_info *new_info,
				  struct ap_config_info *old_info);
	void (*on_scan_complete)(struct ap_config_info *new_info,
				 struct ap_config_info *old_info);
};

/* Up to where we read it, the same in all kernels. */
struct ap_perms {
	unsigned long ioctlm[BITS_TO_LONGS(256)];
	unsigned long apm[BITS_TO_LONGS(AP_DEVICES)];
	unsigned long aqm[BITS_TO_LONGS(AP_DOMAINS)];
	/* more follows in newer kernels */
};

extern struct ap_perms ap_perms;

struct ap_driver;	/* of the kernel; see layout.h */

int ap_driver_register(struct ap_driver *drv, struct module *owner, char *name);
void ap_driver_unregister(struct ap_driver *drv);

/*
 * Text of one mask, absolute or relative to *bitmap as the bus's attributes
 * take it, into bitmap under *lock. 0, -EINVAL, -ERESTARTSYS.
 */
int ap_parse_mask_str(const char *str, unsigned long *bitmap, int bits,
		      struct mutex *lock);

/* Called with VAP_AP_MUTEX held where VAP_HAS_AP_OWNER_OVERRIDE, else never. */
int ap_owned_by_def_drv(int card, int queue);

/*
 * Until 6.12 it returned nothing, since then whether something changed. The
 * caller of a function that ignores a result is right either way.
 */
void ap_bus_force_rescan(void);

/* The bus's lock of its masks. */
extern struct mutex VAP_AP_MUTEX;

struct vap_ap_layout;

/**
 * vap_compat_ap_find() - find out how the AP bus lays out its drivers
 * @layout: filled in on success
 * @root_name: name of the bus and of its root device, "ap"; tests have another
 * @anchor: a function of the bus
 *
 * Context: Process context, no lock held. May sleep.
 * Return: 0; -ENODEV if there is no such bus; -ENOEXEC if its layout is not known; both
 * after one line in the kernel log that gives the cause
 */
int vap_compat_ap_find(struct vap_ap_layout *layout, const char *root_name,
		       const void *anchor);

/**
 * vap_compat_ap_register() - find out the bus's layout and register a driver
 * @drv: the driver; has to exist as long as it is registered
 * @owner: the module
 * @name: the driver's name
 *
 * The callbacks of @drv are called as the bus of the newest kernel calls them: by the bus if
 * it has callbacks, else by ap_veto.c and ap_watch.c. Only one driver can be registered.
 *
 * Context: Process context, no lock held. Probe is called before the function returns.
 * Return: 0; -ENODEV or -ENOEXEC as vap_compat_ap_find(); an errno of the registration
 */
int vap_compat_ap_register(const struct vap_ap_driver *drv, struct module *owner,
			   char *name);

/**
 * vap_compat_ap_unregister() - unregister the driver
 *
 * On return no callback runs, and no queue is bound to the driver.
 *
 * Context: Process context, no lock held. Sleeps until all queues are unbound.
 */
void vap_compat_ap_unregister(void);

/**
 * vap_compat_ap_driver() - the registered driver, as the driver core knows it
 *
 * Context: Any context, while the driver is registered.
 * Return: the driver
 */
struct device_driver *vap_compat_ap_driver(void);

/**
 * vap_compat_ap_lock() - let nobody change apmask, aqmask and the owners of queues
 *
 * The lock is the bus's own if the bus calls in_use(), with the lock held. Else it is a lock
 * of this module, which writers of the masks take too.
 *
 * Context: Process context, after vap_compat_ap_register(). May sleep.
 */
void vap_compat_ap_lock(void);

/**
 * vap_compat_ap_unlock() - pairs with vap_compat_ap_lock()
 *
 * Context: Process context, vap_compat_ap_lock() held.
 */
void vap_compat_ap_unlock(void);

/**
 * vap_compat_ap_assert_locked() - lockdep assertion that vap_compat_ap_lock() is held
 *
 * Context: Any context.
 */
void vap_compat_ap_assert_locked(void);

/**
 * vap_compat_ap_apqn_owned_by_host() - may a driver of the host use this APQN?
 * @apid: adapter, 0 to 255
 * @apqi: domain, 0 to 255
 *
 * Context: Process context, vap_compat_ap_lock() held.
 * Return: true if so
 */
bool vap_compat_ap_apqn_owned_by_host(unsigned int apid, unsigned int apqi);

/**
 * vap_compat_ap_masks() - copy apmask and aqmask
 * @apm: result: adapters, 256 bits, ID 0 leftmost
 * @aqm: result: domains, likewise
 *
 * An in_use() callback that gets one mask intersects with the other.
 *
 * Context: Process context, vap_compat_ap_lock() held.
 */
void vap_compat_ap_masks(unsigned long *apm, unsigned long *aqm);

/**
 * vap_compat_ap_type() - the hardware type of a card or queue
 * @dev: the device
 *
 * Context: Any context.
 * Return: AP_DEVICE_TYPE_*
 */
int vap_compat_ap_type(const struct device *dev);

/*
 * How the AP bus treats a queue device; see bus_use.c. What cannot be read is UNSETTLED,
 * and a bus without interrupts, or one whose use of them cannot be read, USES what it
 * might have left.
 */
enum vap_ap_bus_use {
	VAP_AP_BUS_UNSETTLED,	/* being initialized, in error, or not operational */
	VAP_AP_BUS_USES,	/* initialized, and the bus's own */
	VAP_AP_BUS_LEFT,	/* the bus does nothing to it any more */
};

/**
 * vap_compat_ap_bus_use() - read how the AP bus treats a queue device
 * @dev: the queue device, with its lock held
 *
 * Context: Process context. May sleep.
 *
 * Return: what was true at some moment. LEFT stays true until a scan begins that sees the
 * queue in error; it holds only if the hardware says with TAPQ afterwards that the queue
 * is operational and has no interrupts enabled.
 */
enum vap_ap_bus_use vap_compat_ap_bus_use(struct device *dev);

/**
 * vap_compat_ap_has_scanned() - is the first scan of the AP bus over?
 * @dev: a device of the bus
 *
 * Its attribute `scans` counts them. A bus without it, such as that of 5.10, scans on request
 * also before.
 *
 * Context: Process context. May sleep.
 * Return: false if not, or if it cannot be read for lack of memory
 */
bool vap_compat_ap_has_scanned(struct device *dev);

/*
 * Have the bus look at the hardware now, and wait for it. Never from a
 * callback of the bus, nor with a lock that one of them takes. It does nothing
 * before vap_compat_ap_has_scanned().
 */
static inline void vap_compat_ap_rescan(void)
{
	ap_bus_force_rescan();
}

/**
 * vap_compat_ap_apqn() - the APQN of a queue device, from its name
 * @dev: the device; the name of a queue is XX.YYYY, hexadecimal
 * @apid: result: adapter, 0 to 255
 * @apqi: result: domain, 0 to 255
 *
 * Context: Any context.
 * Return: 0; -ENODEV if the name is not that of a queue
 */
int vap_compat_ap_apqn(const struct device *dev, unsigned int *apid,
		       unsigned int *apqi);

#endif
