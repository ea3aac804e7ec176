# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-12 part-13 part-14 R-24 R-24t I21"
DESCRIPTION="unplug an adapter that an SE removed, in one change, without a reset of its queues"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4 0x47
guest
guest_has "05.0004 05.0047 06.0004 06.0047"
changes=$(crycb_changes)
sim_clear_log
sim "card del 5"
sim configchange
rescan
guest_has "06.0004 06.0047"
expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
expect "the matrix" "05.0004 05.0047 06.0004 06.0047" "$(matrix)"
note "the AP bus itself sends one to each queue device that it removes"
for apqn in 05.0004 05.0047; do
	expect "resets of $apqn" 1 "$(sim_count "host pqap.zapq. $apqn")"
done
sim "card add 5 type=cex8 mode=cca"
sim configchange
rescan
wait_for 5 test -e $BUS/devices/05.0047
guest_has "05.0004 05.0047 06.0004 06.0047"
