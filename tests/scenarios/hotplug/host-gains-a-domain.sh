# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-12 part-13 part-14 D-13"
DESCRIPTION="plug an assigned domain into a running guest when the host gets it"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x48
guest
guest_has "05.0004"
changes=$(crycb_changes)
sim "domain add 0x48"
sim configchange
rescan
wait_for 5 test -e $BUS/devices/05.0048
guest_has "05.0004 05.0048"
[ "$LAB_MODULE" = stock ] ||
	expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
expect "rc of TAPQ in the guest" 00 "$(said rc vm tapq apqn=05.0048)"
