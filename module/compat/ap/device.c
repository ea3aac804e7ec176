// SPDX-License-Identifier: GPL-2.0-only
/* What a device of the AP bus says about itself. */
#include "ap_bus.h"
#include "layout.h"

#include <linux/errno.h>
#include <linux/kernel.h>

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
