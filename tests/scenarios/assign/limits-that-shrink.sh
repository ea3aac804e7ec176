# SPDX-License-Identifier: GPL-2.0-only
# Where the bus tells of no change of the configuration, the module sees it within a second.
SHOWS="C15"
DESCRIPTION="unassign an adapter that is beyond the limit because that became smaller"
REQUIRES="ours"

limit_is_seen() {
	write $MATRIX/$U2/assign_adapter 21
	[ "$put_said" != ok ] || put $MATRIX/$U2/unassign_adapter 21
	[ "$put_said" = ENODEV ]
}
put $BUS/apmask 0x0
mdev_create $U1 $U2
assign $U1 adapter 5 200 domain 4
sim "max adapter 20;configchange"
wait_for 20 limit_is_seen || give_up "adapter 21 can be assigned"
refused ENODEV $MATRIX/$U1/assign_adapter 21
accepted $MATRIX/$U1/assign_adapter 6
refused ENODEV $MATRIX/$U1/unassign_adapter 201
accepted $MATRIX/$U1/unassign_adapter 200
refused ENODEV $MATRIX/$U1/assign_adapter 200
accepted $MATRIX/$U1/unassign_domain 4
accepted $MATRIX/$U1/assign_domain 0x47
expect "the matrix" "05.0047 06.0047" "$(matrix)"
sim "max adapter 255;configchange"
settle "200 > assign_adapter" ok put_result $MATRIX/$U1/assign_adapter 200
