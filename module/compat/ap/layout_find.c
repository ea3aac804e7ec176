// SPDX-License-Identifier: GPL-2.0-only
/*
 * The layout of the AP bus, from its live objects.
 *
 * No headers package holds the bus's structures, and their layout differs between
 * kernels. A driver that is laid out for another kernel would have the bus call a
 * random pointer. So nothing is assumed: the host's own driver for queues is the
 * witness, since all of its members are known. It has the flag of a driver of the
 * host, a table of ids for queues, and two functions, all of its own module.
 *
 * Whether the bus has the three callbacks cannot be seen in a driver that has none.
 * It shows in the bus's code: it walks over its drivers with functions of its own,
 * whose names have not changed since there are callbacks. They are found by looking
 * up the names of the functions around one that is exported.
 */
#include "ap_bus.h"
#include "layout.h"
#include "driver_core.h"

#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define WITNESS		"cex4queue"
#define MAX_DRIVERS	8
#define NEIGHBOURHOOD	(64UL << 10)	/* bytes of code around the anchor */

struct search {
	struct vap_ap_evidence *evidence;
	const char *root_name;
	vap_compat_bus *bus;
	bool witness;
	const struct module *owner;			/* of the witness */
	const struct device_driver *driver[MAX_DRIVERS];	/* with that owner */
	unsigned int nr_drivers;
};

/* --- devices --- */

static void look_at_type(struct search *search, const struct device *dev)
{
	search->evidence->devices++;
	if (vap_ap_type_is_first(dev))
		search->evidence->type_first++;
	else if (vap_ap_type_is_second(dev))
		search->evidence->type_second++;
}

static int look_at_queue(struct device *dev, void *data)
{
	struct search *search = data;
	unsigned int apid, apqi;

	if (dev->bus == search->bus && !vap_compat_ap_apqn(dev, &apid, &apqi))
		look_at_type(search, dev);
	return 0;
}

/* Cards are the children of the root, queues those of cards. */
static int look_at_card(struct device *dev, void *data)
{
	struct search *search = data;

	if (!dev->bus || strcmp(dev->bus->name, search->root_name))
		return 0;
	if (!search->bus)
		search->bus = dev->bus;
	look_at_type(search, dev);
	return device_for_each_child(dev, search, look_at_queue);
}

/* --- drivers --- */

/* A table of ids begins with one for queues, of a type that is of today. */
static bool is_ids(const void *pointer)
{
	struct ap_device_id id;

	return !copy_from_kernel_nofault(&id, pointer, sizeof(id)) &&
	       id.match_flags == AP_DEVICE_ID_MATCH_QUEUE_TYPE &&
	       id.dev_type >= AP_DEVICE_TYPE_CEX4 && vap_ap_plausible_type(id.dev_type);
}

static enum vap_ap_word kind(unsigned long word, const struct module *owner)
{
	const unsigned long flags = (unsigned long)AP_DRIVER_FLAG_DEFAULT << 32;

	if (!word)
		return VAP_AP_ZERO;
	if (word == flags)
		return VAP_AP_FLAGS;
	/* zcrypt may be built in: then nothing tells whose a pointer is */
	if (owner ? !within_module(word, (struct module *)owner) : word < PAGE_SIZE)
		return VAP_AP_OTHER;
	return is_ids((void *)word) ? VAP_AP_IDS : VAP_AP_CODE;
}

static int look_at_witness(struct device_driver *driver, void *data)
{
	struct search *search = data;
	unsigned long word[VAP_AP_WORDS];
	unsigned int i;

	if (strcmp(driver->name, WITNESS) ||
	    copy_from_kernel_nofault(word, driver + 1, sizeof(word)))
		return 0;
	search->witness = true;
	search->owner = driver->owner;
	for (i = 0; i < VAP_AP_WORDS; i++)
		search->evidence->word[i] = kind(word[i], driver->owner);
	return 1;
}

static int collect_driver(struct device_driver *driver, void *data)
{
	struct search *search = data;

	if (driver->owner == search->owner && search->nr_drivers < MAX_DRIVERS)
		search->driver[search->nr_drivers++] = driver;
	return 0;
}

/* No object is bigger than the distance to the next one. */
static unsigned int max_words(const struct search *search)
{
	unsigned long distance, least = 0;
	unsigned int i, j;

	for (i = 0; i < search->nr_drivers; i++) {
		for (j = 0; j < search->nr_drivers; j++) {
			if (search->driver[j] <= search->driver[i])
				continue;
			distance = (unsigned long)search->driver[j] -
				   (unsigned long)search->driver[i];
			if (!least || distance < least)
				least = distance;
		}
	}
	if (!least)
		return 0;
	least -= min(least, sizeof(struct device_driver));
	return clamp_t(unsigned long, least / sizeof(long), 1, VAP_AP_WORDS);
}

/* --- code --- */

static unsigned int caller(const char *symbol)
{
	static const struct {
		const char *name;
		unsigned int calls;
	} callers[] = {
		{ "__verify_card_reservations", VAP_AP_CALLS_IN_USE },
		{ "__drv_notify_config_changed", VAP_AP_CALLS_CHANGED },
		{ "__drv_notify_scan_complete", VAP_AP_CALLS_COMPLETE },
	};
	unsigned int i;
	size_t len;

	for (i = 0; i < ARRAY_SIZE(callers); i++) {
		len = strlen(callers[i].name);
		/* behind the name: +OFFSET, or what a compiler appends, with a dot */
		if (!strncmp(symbol, callers[i].name, len) &&
		    (symbol[len] == '+' || symbol[len] == '.'))
			return callers[i].calls;
	}
	return 0;
}

/* The function at this address: 0 unless its name, start and size are known. */
static unsigned long function_at(unsigned long addr, unsigned int *calls,
				 unsigned long *size)
{
	char text[KSYM_SYMBOL_LEN];
	unsigned long offset;
	const char *plus;

	snprintf(text, sizeof(text), "%pS", (void *)addr);
	plus = strrchr(text, '+');
	if (!plus || sscanf(plus, "+%lx/%lx", &offset, size) != 2 || offset >= *size)
		return 0;
	*calls = caller(text);
	return addr - offset;
}

static unsigned int callers_around(unsigned long anchor)
{
	unsigned int calls, found = 0;
	unsigned long addr, start, size;

	for (addr = anchor; addr < anchor + NEIGHBOURHOOD; addr = start + size) {
		start = function_at(addr, &calls, &size);
		if (!start)
			break;
		found |= calls;
	}
	for (addr = anchor - 1; addr > anchor - NEIGHBOURHOOD; addr = start - 1) {
		start = function_at(addr, &calls, &size);
		if (!start)
			break;
		found |= calls;
	}
	return found;
}

/* --- the bus --- */

/* Is there a bus of that name at this address? */
static bool is_bus(unsigned long addr, const char *name)
{
	size_t len = strlen(name) + 1;
	const char *at;
	char text[16];

	return len <= sizeof(text) && !(addr & (sizeof(long) - 1)) &&
	       !copy_from_kernel_nofault(&at, (void *)addr, sizeof(at)) &&
	       !copy_from_kernel_nofault(text, at, len) &&
	       !memcmp(text, name, len);
}

/*
 * The function that registers drivers stores the address of the bus in them. It
 * loads that address relative to itself (LARL), or from memory that it addresses so
 * (LGRL). This finds the bus also while it has no card.
 */
static vap_compat_bus *bus_in_code(unsigned long anchor, const char *name)
{
	unsigned long offset, target;
	unsigned short code[3];

	for (offset = 0; offset < 256; offset += 2) {
		if (copy_from_kernel_nofault(code, (void *)(anchor + offset), sizeof(code)))
			break;
		target = anchor + offset + 2L * (int)((unsigned int)code[1] << 16 | code[2]);
		if ((code[0] & 0xff0f) == 0xc408) {
			if (copy_from_kernel_nofault(&target, (void *)target, sizeof(target)))
				continue;
		} else if ((code[0] & 0xff0f) != 0xc000) {
			continue;
		}
		if (is_bus(target, name))
			return (vap_compat_bus *)target;
	}
	return NULL;
}

/* --- all of it --- */

/*
 * The bus exports neither itself nor its root device. But all devices are members of one kset,
 * which finds a device by its name, and the device of the platform bus is exported. The kernel
 * has registered that one before it loads modules.
 */
static struct device *find_root(const char *name)
{
	struct kobject *kobj = kset_find_obj(platform_bus.kobj.kset, name);

	return kobj ? container_of(kobj, struct device, kobj) : NULL;
}

static void describe(const struct vap_ap_evidence *evidence, char *text, size_t size)
{
	static const char *const names[] = { "?", "0", "ids", "flags", "code" };
	unsigned int i;
	size_t len = 0;

	for (i = 0; i < VAP_AP_WORDS; i++)
		len += scnprintf(text + len, size - len, "%s%s", i ? " " : "",
				 names[evidence->word[i]]);
	scnprintf(text + len, size - len, ", at most %u, callers %x, %u+%u of %u types",
		  evidence->max_words, evidence->callers, evidence->type_first,
		  evidence->type_second, evidence->devices);
}

int vap_compat_ap_find(struct vap_ap_layout *layout, const char *root_name,
		       const void *anchor)
{
	struct vap_ap_evidence evidence = { };
	struct search search = { .evidence = &evidence, .root_name = root_name };
	struct device *root;
	const char *why;
	char text[160];

	root = find_root(root_name);
	if (!root) {
		pr_err("vfio_ap: no AP bus found, not loading\n");
		return -ENODEV;
	}
	search.bus = bus_in_code((unsigned long)anchor, root_name);
	device_for_each_child(root, &search, look_at_card);
	put_device(root);	/* Pairs with the reference that kset_find_obj() took */
	if (search.bus)
		bus_for_each_drv(search.bus, NULL, &search, look_at_witness);
	if (!search.witness) {
		pr_err("vfio_ap: nothing shows how the AP bus is laid out (%u cards and queues, no driver %s), not loading: load zcrypt_cex4 first\n",
		       evidence.devices, WITNESS);
		return -ENOEXEC;
	}
	bus_for_each_drv(search.bus, NULL, &search, collect_driver);
	evidence.max_words = max_words(&search);
	evidence.callers = callers_around((unsigned long)anchor);

	why = vap_ap_decide(&evidence, layout);
	if (why) {
		describe(&evidence, text, sizeof(text));
		pr_err("vfio_ap: the layout of the AP bus is not known, not loading: %s (%s)\n",
		       why, text);
		return -ENOEXEC;
	}
	return 0;
}
