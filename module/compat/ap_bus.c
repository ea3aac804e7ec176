// SPDX-License-Identifier: GPL-2.0-only
/*
 * The AP bus as the module finds it: what its private ABI is good for, and
 * whether it is what ap/ap_bus.h believes.
 *
 * The self-check reads live objects of the bus before anything of ours is
 * registered with it. A driver that was laid out for another kernel would have
 * the bus call a random pointer, so in doubt the answer is no.
 */
#define VAP_COMPAT_BRIDGE	/* the bus's own names mean the bus */

#include "ap/ap_bus.h"
#include "driver_core.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#define ROOT_NAME	"ap"		/* the bus's root device */
#define WITNESS_NAME	"cex4queue"	/* zcrypt_cex4's driver for queues */

#if VAP_AP_LAYOUT == 510
DEFINE_MUTEX(vap_compat_ap_veto_mutex);

int vap_compat_ap_driver_register(struct ap_driver *drv, struct module *owner,
				  char *name)
{
	int ret;

	ret = ap_driver_register(drv, owner, name);
	if (ret)
		return ret;
	ret = vap_compat_ap_veto_start(drv);
	if (ret)
		goto err_veto;
	ret = vap_compat_ap_watch_start(drv);
	if (ret)
		goto err_watch;
	return 0;

err_watch:
	vap_compat_ap_veto_stop();
err_veto:
	ap_driver_unregister(drv);
	return ret;
}

void vap_compat_ap_driver_unregister(struct ap_driver *drv)
{
	vap_compat_ap_watch_stop();
	vap_compat_ap_veto_stop();
	ap_driver_unregister(drv);
}
#endif

/*
 * Until 6.12 it returned nothing, since then whether something changed. The
 * caller of a function that ignores a result is right either way.
 */
void ap_bus_force_rescan(void);

void vap_compat_ap_rescan(void)
{
	ap_bus_force_rescan();
}

int vap_compat_ap_apqn(const struct device *dev, unsigned int *apid,
		       unsigned int *apqi)
{
	unsigned int card, queue;
	int len = 0;

	if (sscanf(dev_name(dev), "%2x.%4x%n", &card, &queue, &len) != 2 ||
	    len != 7 || dev_name(dev)[len] || card >= AP_DEVICES ||
	    queue >= AP_DOMAINS)
		return -ENODEV;
	*apid = card;
	*apqi = queue;
	return 0;
}

/* What the self-check has found so far. */
struct evidence {
	vap_compat_bus *bus;
	unsigned int cards, queues, drivers;
	char fault[160];	/* the first thing that is not as it should be */
};

#define fault(evidence, ...)						\
	snprintf((evidence)->fault, sizeof((evidence)->fault), __VA_ARGS__)

static bool plausible_type(int type)
{
	return type >= 1 && type <= 0x3f;
}

/*
 * The witness is a driver whose every member is known: flags has just the
 * default flag, ids begins with an entry for queues of a known type, probe and
 * remove are functions, and all lie in the module that registered it.
 */
static int check_driver(struct device_driver *driver, void *data)
{
	const struct ap_driver *drv = to_ap_drv(driver);
	struct evidence *evidence = data;
	struct ap_device_id id;
	const char *what;

	if (strcmp(driver->name, WITNESS_NAME))
		return 0;

	evidence->drivers++;
	if (drv->flags != AP_DRIVER_FLAG_DEFAULT)
		what = "flags";
	else if (!drv->ids ||
		 copy_from_kernel_nofault(&id, drv->ids, sizeof(id)) ||
		 id.match_flags != AP_DEVICE_ID_MATCH_QUEUE_TYPE ||
		 id.dev_type < AP_DEVICE_TYPE_CEX4)
		what = "ids";
	else if (driver->owner &&
		 !within_module((unsigned long)drv->ids, driver->owner))
		what = "ids";
	else if (!drv->probe || (driver->owner &&
		 !within_module((unsigned long)drv->probe, driver->owner)))
		what = "probe";
	else if (!drv->remove || (driver->owner &&
		 !within_module((unsigned long)drv->remove, driver->owner)))
		what = "remove";
	else
		return 0;

	fault(evidence, "in driver %s %s is wrong (flags %x ids %ps probe %ps remove %ps)",
	      driver->name, what, drv->flags, drv->ids, drv->probe, drv->remove);
	return 1;
}

static int check_queue(struct device *dev, void *data)
{
	const struct ap_device *adev = to_ap_dev(dev);
	struct evidence *evidence = data;
	unsigned int apid, apqi;

	if (vap_compat_ap_apqn(dev, &apid, &apqi))
		return 0;

	evidence->queues++;
	if (dev->bus != evidence->bus || !plausible_type(adev->device_type)) {
		fault(evidence, "queue %s has device type %x", dev_name(dev),
		      adev->device_type);
		return 1;
	}
	return 0;
}

/* Cards are the children of the root, queues those of cards. */
static int check_card(struct device *dev, void *data)
{
	const struct ap_device *adev = to_ap_dev(dev);
	struct evidence *evidence = data;

	if (!dev->bus || strcmp(dev->bus->name, ROOT_NAME))
		return 0;

	evidence->cards++;
	evidence->bus = dev->bus;
	if (!plausible_type(adev->device_type)) {
		fault(evidence, "card %s has device type %x", dev_name(dev),
		      adev->device_type);
		return 1;
	}
	return device_for_each_child(dev, evidence, check_queue);
}

/*
 * The bus exports neither itself nor its root device, but every device without
 * a parent is in one kset, and one of ours leads there.
 */
static struct device *find_root(void)
{
	struct kobject *kobj = NULL;
	struct device *ours;

	ours = root_device_register("vfio_ap_probe");
	if (IS_ERR(ours))
		return NULL;
	if (ours->kobj.kset)
		kobj = kset_find_obj(ours->kobj.kset, ROOT_NAME);
	root_device_unregister(ours);
	return kobj ? container_of(kobj, struct device, kobj) : NULL;
}

int vap_compat_ap_selfcheck(void)
{
	struct evidence evidence = { };
	struct device *root;

	root = find_root();
	if (!root) {
		pr_err("vfio_ap: no AP bus found, not loading\n");
		return -ENODEV;
	}
	if (!device_for_each_child(root, &evidence, check_card) && evidence.bus)
		bus_for_each_drv(evidence.bus, NULL, &evidence, check_driver);
	put_device(root);	/* Pairs with the reference that kset_find_obj() took */

	if (evidence.fault[0]) {
		pr_err("vfio_ap: AP bus is not laid out as %d, not loading: %s\n",
		       VAP_AP_LAYOUT, evidence.fault);
		return -ENOEXEC;
	}
	/*
	 * A layout that the build compared with the kernel's BTF needs no
	 * witness; one from the table of known kernels does.
	 */
	if (!VAP_AP_LAYOUT_BY_BTF && !evidence.drivers) {
		pr_err("vfio_ap: nothing to confirm AP bus layout %d with (%u cards, %u queues, no driver %s), not loading: load zcrypt_cex4 first\n",
		       VAP_AP_LAYOUT, evidence.cards, evidence.queues, WITNESS_NAME);
		return -ENOEXEC;
	}
	return 0;
}
