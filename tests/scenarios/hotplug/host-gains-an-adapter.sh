# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-12 part-13 part-14 R-21 R-21t"
DESCRIPTION="plug an assigned adapter with all its queues into a running guest in one change"
REQUIRES="module apvmm"

free_for_guests 5,7
mdev_create
assign $U1 adapter 5 7 domain 4 0x47 0xab 0xff
guest
guest_has "05.0004 05.0047 05.00ab 05.00ff"
changes=$(crycb_changes)
sim "card add 7 type=cex7 mode=cca"
sim configchange
rescan
wait_for 5 test -e $BUS/devices/07.00ff
guest_has "05.0004 05.0047 05.00ab 05.00ff 07.0004 07.0047 07.00ab 07.00ff"
expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
