# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-12 part-13 part-14 I20"
DESCRIPTION="take adapter, domain and control domain from a guest in one change and give them back in one"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4 0x47 control_domain 4 0x47
guest
guest_has "05.0004 05.0047 06.0004 06.0047"
changes=$(crycb_changes)
sim "card del 6; domain del 0x47"
sim configchange
rescan
guest_has "05.0004"
expect "control domains" "$(mask 4)" "$(crycb adm)"
expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
sim "card add 6 type=cex8 mode=ep11; domain add 0x47"
sim configchange
rescan
wait_for 5 test -e $BUS/devices/06.0047
guest_has "05.0004 05.0047 06.0004 06.0047"
expect "control domains" "$(mask 4 0x47)" "$(crycb adm)"
expect "changes of the CRYCB" $((changes + 2)) "$(crycb_changes)"
