// SPDX-License-Identifier: GPL-2.0-only
/* What a device of the AP bus says about itself. */
#include "ap_bus.h"
#include "layout.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* What struct ap_device may have behind its struct device. */
struct type_first {
	struct device device;
	int type;
};

struct type_second {
	struct device device;
	void *driver;
	int type;
};

bool vap_ap_plausible_type(int type)
{
	return type >= 1 && type <= 0x3f;
}

bool vap_ap_type_is_first(const struct device *dev)
{
	return vap_ap_plausible_type(container_of(dev, const struct type_first, device)->type);
}

bool vap_ap_type_is_second(const struct device *dev)
{
	return vap_ap_plausible_type(container_of(dev, const struct type_second, device)->type);
}

/*
 * Before 5.15 a pointer to the driver stands before the type. Its upper half, which
 * is where the type would be, is no type of a device: zero, or too big.
 */
int vap_compat_ap_type(const struct device *dev)
{
	return vap_ap_type_is_first(dev) ?
		container_of(dev, const struct type_first, device)->type :
		container_of(dev, const struct type_second, device)->type;
}

/* The value of @nr hexadecimal digits as the bus prints them; -1 if they are others. */
static int parse_hex(const char *text, unsigned int nr)
{
	int value = 0;

	for (; nr; nr--, text++) {
		value <<= 4;
		if (*text >= '0' && *text <= '9')
			value += *text - '0';
		else if (*text >= 'a' && *text <= 'f')
			value += *text - 'a' + 10;
		else
			return -1;
	}
	return value;
}

int vap_compat_ap_apqn(const struct device *dev, unsigned int *apid,
		       unsigned int *apqi)
{
	const char *name = dev_name(dev);
	int card, queue;

	if (strlen(name) != 7 || name[2] != '.')
		return -ENODEV;
	card = parse_hex(name, 2);
	queue = parse_hex(name + 3, 4);
	if (card < 0 || queue < 0 || queue >= AP_DOMAINS)
		return -ENODEV;
	*apid = card;
	*apqi = queue;
	return 0;
}
