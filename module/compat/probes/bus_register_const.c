// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.4: bus_register() takes a const bus and bus attributes a const one; a bus
 * can be constant data. Delete with the last kernel before.
 */
static struct kset *bus_register_const(const struct bus_type *bus)
{
	return bus_get_kset(bus);
}
