# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-14"
DESCRIPTION="leave a CEX3 queue without a driver and its adapter out of the guest"
REQUIRES="ours apvmm cex3"

sim "card add 9 type=cex3 mode=accel"
sim configchange
free_for_guests 5,9
rescan
wait_for 5 test -e $BUS/devices/09.0004 || skip "the AP bus shows no queue of a CEX3"
expect "its driver" "" "$(bound_to 09.0004 | grep vfio_ap)"
mdev_create
assign $U1 adapter 5 9 domain 4
guest
guest_has "05.0004"
expect "reasons" "09.0004 type-unsupported" "$(words $MATRIX/$U1/reasons)"
