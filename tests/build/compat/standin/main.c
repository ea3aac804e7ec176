// SPDX-License-Identifier: GPL-2.0-only
/*
 * A bus that is laid out as its parameters say, with a card, a queue and the drivers
 * cex4card and cex4queue. Loading it has the module's own code find out the layout;
 * "result" is what that found. Everything is gone again before loading is over.
 *
 *   words=W,...	what is behind struct device_driver in the driver for queues:
 *			ids, flags, code, zero, other
 *			or, of ids, old (of an adapter before CEX4) and odd (of no adapter that
 *			is known); small is no address
 *   distance=N		words between the two drivers' struct device_driver
 *   callers=0|1|2|3	the code around the bus's functions calls no, all, some callbacks, or all
 *			by functions to whose names the compiler has appended something
 *   type=first|second|none|mixed	where the devices have their type
 *   cards=0		no devices
 *   others=1		also devices that are no cards and no queues
 *   drivers=N		so many drivers more, far from the others
 *   owner=0		the drivers are built in
 *   bus=0		no bus of the name that is looked for
 */
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "ap/ap_bus.h"
#include "ap/layout.h"
#include "driver_core.h"
#include "standin.h"

#define NAME	"apstandin"

static char *words[VAP_AP_WORDS];
static int nr_words;
module_param_array(words, charp, &nr_words, 0400);
static unsigned int distance = 7;
module_param(distance, uint, 0400);
static unsigned int callers = 1;
module_param(callers, uint, 0400);
static char *type = "first";
module_param(type, charp, 0400);
static bool cards = true;
module_param(cards, bool, 0400);
static bool others;
module_param(others, bool, 0400);
static unsigned int drivers;
module_param(drivers, uint, 0400);
static bool owner = true;
module_param(owner, bool, 0400);
static bool has_bus = true;
module_param_named(bus, has_bus, bool, 0400);
static char result_text[80];
static char *result = result_text;
module_param(result, charp, 0400);

static struct ap_device_id ids[] = {
	{ .dev_type = AP_DEVICE_TYPE_CEX5, .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE },
	{ }
};

static struct ap_device_id old_ids[] = {
	{ .dev_type = AP_DEVICE_TYPE_CEX4 - 1, .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE },
	{ }
};

static struct ap_device_id odd_ids[] = {
	{ .dev_type = 0x7f, .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE },
	{ }
};

static int match(struct device *dev, vap_compat_match_driver *drv)
{
	return 0;
}

static struct bus_type bus = { .name = NAME, .match = match };
static struct bus_type other_bus = { .name = NAME "other", .match = match };

/* The two drivers: the one for cards first, the other at the distance asked for. */
static unsigned long area[2 * (sizeof(struct device_driver) / 8 + VAP_AP_WORDS)];

static struct device_driver *card_driver(void)
{
	return (struct device_driver *)area;
}

static struct device_driver *queue_driver(void)
{
	return (struct device_driver *)&area[sizeof(struct device_driver) / 8 + distance];
}

static unsigned long word(const char *name)
{
	if (!strcmp(name, "ids"))
		return (unsigned long)ids;
	if (!strcmp(name, "old"))
		return (unsigned long)old_ids;
	if (!strcmp(name, "odd"))
		return (unsigned long)odd_ids;
	if (!strcmp(name, "small"))
		return 0x10;
	if (!strcmp(name, "flags"))
		return 1UL << 32;
	if (!strcmp(name, "code"))
		return (unsigned long)match;
	if (!strcmp(name, "zero"))
		return 0;
	return 0x4141414141414141;
}

/* The others, each farther from the next than the two are from each other. */
static struct {
	struct device_driver driver;
	unsigned long space[2 * VAP_AP_WORDS];
	char name[8];
} more[10];
static unsigned int nr_more;

static void remove_drivers(void)
{
	while (nr_more)
		driver_unregister(&more[--nr_more].driver);
	driver_unregister(queue_driver());
	driver_unregister(card_driver());
}

static int make_drivers(void)
{
	unsigned long *behind = (unsigned long *)(queue_driver() + 1);
	int i, ret;

	if (distance > VAP_AP_WORDS || drivers > ARRAY_SIZE(more))
		return -EINVAL;
	for (i = 0; i < VAP_AP_WORDS; i++)
		behind[i] = word(i < nr_words ? words[i] : "other");
	card_driver()->name = "cex4card";
	queue_driver()->name = "cex4queue";
	card_driver()->owner = owner ? THIS_MODULE : NULL;
	queue_driver()->owner = owner ? THIS_MODULE : NULL;
	card_driver()->bus = &bus;
	queue_driver()->bus = &bus;
	ret = driver_register(card_driver());
	if (ret)
		return ret;
	ret = driver_register(queue_driver());
	if (ret) {
		driver_unregister(card_driver());
		return ret;
	}
	while (nr_more < drivers) {
		snprintf(more[nr_more].name, sizeof(more[nr_more].name), "more%u", nr_more);
		more[nr_more].driver.name = more[nr_more].name;
		more[nr_more].driver.owner = card_driver()->owner;
		more[nr_more].driver.bus = &bus;
		ret = driver_register(&more[nr_more].driver);
		if (ret) {
			remove_drivers();
			return ret;
		}
		nr_more++;
	}
	return 0;
}

static void release(struct device *dev)
{
	kfree(dev);
}

static struct device *make_device(struct device *parent, const char *name,
				  vap_compat_bus *on, bool second)
{
	struct { struct device dev; int at[4]; } *made = kzalloc(sizeof(*made), GFP_KERNEL);

	if (!made)
		return ERR_PTR(-ENOMEM);
	if (!strcmp(type, "mixed") ? second : !strcmp(type, "second")) {
		made->at[0] = 0x3ff;	/* the upper half of an address */
		made->at[2] = AP_DEVICE_TYPE_CEX5;
	} else {
		made->at[0] = strcmp(type, "none") ? AP_DEVICE_TYPE_CEX5 : 0;
	}
	device_initialize(&made->dev);
	made->dev.parent = parent;
	made->dev.bus = on;
	made->dev.release = release;
	if (dev_set_name(&made->dev, "%s", name) || device_add(&made->dev)) {
		put_device(&made->dev);
		return ERR_PTR(-EINVAL);
	}
	return &made->dev;
}

/* What is no card, below the root, and what is no queue, below the card. */
static struct device *other[9];
static unsigned int nr_other;

static void remove_others(void)
{
	while (nr_other)
		device_unregister(other[--nr_other]);
}

static int make_others(struct device *root, struct device *card)
{
	const struct {
		struct device *parent;
		const char *name;
		vap_compat_bus *on;
	} wanted[] = {
		{ root, "apstandin_nothing", NULL },
		{ root, "apstandin_other", &other_bus },
		{ card, "hwtype", &bus },
		{ card, "0500004", &bus },
		{ card, "xx.0004", &bus },
		{ card, "05.000x", &bus },
		{ card, "05.00:4", &bus },
		{ card, "05.0100", &bus },
		{ card, "05.0005", NULL },
	};

	BUILD_BUG_ON(ARRAY_SIZE(wanted) != ARRAY_SIZE(other));
	while (nr_other < ARRAY_SIZE(wanted)) {
		struct device *dev = make_device(wanted[nr_other].parent, wanted[nr_other].name,
						 wanted[nr_other].on, false);

		if (IS_ERR(dev)) {
			remove_others();
			return PTR_ERR(dev);
		}
		other[nr_other++] = dev;
	}
	return 0;
}

static void find(void)
{
	standin_fn *const anchor[] = {
		standin_plain, standin_all, standin_some, standin_dotted,
	};
	struct vap_ap_layout layout = { };
	int ret;

	ret = vap_compat_ap_find(&layout, has_bus ? NAME : "apnowhere", anchor[min(callers, 3U)]);
	if (ret)
		snprintf(result_text, sizeof(result_text), "refused %d", ret);
	else
		snprintf(result_text, sizeof(result_text), "%s, %s callbacks", layout.name,
			 layout.callbacks ? "with" : "without");
}

static int __init standin_init(void)
{
	struct device *root, *card, *queue;
	int ret;

	if (!standin_all_users[0] || !standin_some_users[0] || !standin_dotted_users[0])
		return -EINVAL;
	ret = bus_register(&bus);
	if (ret)
		return ret;
	ret = bus_register(&other_bus);
	if (ret)
		goto out_bus;
	root = root_device_register(NAME);
	ret = PTR_ERR_OR_ZERO(root);
	if (ret)
		goto out_other_bus;
	ret = make_drivers();
	if (ret)
		goto out_root;
	if (cards) {
		card = make_device(root, "card05", &bus, false);
		ret = PTR_ERR_OR_ZERO(card);
		if (ret)
			goto out_drivers;
		queue = make_device(card, "05.0004", &bus, true);
		ret = PTR_ERR_OR_ZERO(queue);
		if (ret)
			goto out_card;
		ret = others ? make_others(root, card) : 0;
		if (ret)
			goto out_queue;
	}
	find();
	remove_others();
out_queue:
	if (cards)
		device_unregister(queue);
out_card:
	if (cards)
		device_unregister(card);
out_drivers:
	remove_drivers();
out_root:
	root_device_unregister(root);
out_other_bus:
	bus_unregister(&other_bus);
out_bus:
	bus_unregister(&bus);
	return ret;
}

static void __exit standin_exit(void)
{
}

module_init(standin_init);
module_exit(standin_exit);
MODULE_DESCRIPTION("An AP bus of any layout, to find out");
MODULE_LICENSE("GPL");
