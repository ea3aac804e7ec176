# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I24"
DESCRIPTION="veto for APQNs that an mdev has been promised and the host has not got"
REQUIRES="module"

free_for_guests 0x20
mdev_create
assign $U1 adapter 0x20 domain 0xcc
refused EBUSY $BUS/apmask +0x20
mdev_remove
accepted $BUS/apmask +0x20
