# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I24"
DESCRIPTION="veto for APQNs that are assigned to an mdev and that the host does not have"
REQUIRES="module"

free_for_guests 0x20
mdev_create
assign $U1 adapter 0x20 domain 0xcc
refused EBUSY $BUS/apmask +0x20
mdev_remove
accepted $BUS/apmask +0x20
