# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-12 part-13 part-14 C18!"
DESCRIPTION="unplug everything when the host loses the guest's only domain"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
sim "domain del 4"
sim configchange
rescan
guest_has ""
expect "rc of TAPQ in the guest" 01 "$(said rc vm tapq apqn=05.0004)"
sim "domain add 4"
sim configchange
rescan
wait_for 5 test -e $BUS/devices/05.0004
guest_has "05.0004"
