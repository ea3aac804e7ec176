# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C15"
DESCRIPTION="unassign an adapter that is beyond the limit because that became smaller"
REQUIRES="ours"

put $BUS/apmask 0x0
mdev_create
assign $U1 adapter 5 200 domain 4
sim "max adapter 20;configchange"
refused ENODEV $MATRIX/$U1/assign_adapter 21
accepted $MATRIX/$U1/assign_adapter 6
accepted $MATRIX/$U1/unassign_adapter 200
refused ENODEV $MATRIX/$U1/assign_adapter 200
accepted $MATRIX/$U1/unassign_domain 4
accepted $MATRIX/$U1/assign_domain 0x47
expect "the matrix" "05.0047 06.0047" "$(matrix)"
sim "max adapter 255;configchange"
accepted $MATRIX/$U1/assign_adapter 200
