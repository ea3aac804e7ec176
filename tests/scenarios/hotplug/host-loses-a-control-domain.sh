# SPDX-License-Identifier: GPL-2.0-only
# Mainline takes from each mdev those control domains that the host has lost and the mdev does
# not have. So the first guest keeps what it must lose, and the second one's vCPUs are stopped
# for nothing. Upstream commit 6b8a02e216f6, in 7.3-rc1 and 7.2's stable releases; 6.1 and 6.12
# have the fault. (There b1f092d94f62 repairs that what one mdev loses also counts for the next
# one: nothing comes of that alone, since the masks of what it loses are empty.)
SHOWS="part-12 part-13 I7 C18!6.12 C-14"
DESCRIPTION="take a control domain from the one guest that has it, and leave the other alone"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4 control_domain 4 0x47
assign $U2 adapter 6 domain 4 control_domain 0x47
guest
guest other $U2
guest_has "05.0004"
guest_has other $U2 "06.0004"
changes=$(crycb_changes)
other_changes=$(crycb_changes other)
sim "control del 4"
sim configchange
rescan
settle "control domains" "$(mask 0x47)" crycb adm
expect "the other's" "$(mask 0x47)" "$(crycb adm other)"
expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
expect "changes of the other's" $other_changes "$(crycb_changes other)"
note "a queue of one guest"
changes=$(crycb_changes)
other_changes=$(crycb_changes other)
sim "card del 5"
sim configchange
rescan
guest_has ""
guest_has other $U2 "06.0004"
expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
expect "changes of the other's" $other_changes "$(crycb_changes other)"
note "a control domain of both"
sim "control del 0x47"
sim configchange
rescan
settle "control domains" "$(mask)" crycb adm
settle "the other's" "$(mask)" crycb adm other
