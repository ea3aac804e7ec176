// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.11: match() of a bus takes a const driver. Delete with the last kernel
 * before.
 */
static void bus_match_const(struct bus_type *bus,
	int (*match)(struct device *, const struct device_driver *))
{
	bus->match = match;
}
