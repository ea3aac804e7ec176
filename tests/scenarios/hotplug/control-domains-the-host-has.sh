# SPDX-License-Identifier: GPL-2.0-only
# The guest has those assigned control domains that the host has, too.
SHOWS="T-01 D-23 I7 C18!6.12"
DESCRIPTION="give the guest those of its control domains that the host has"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
guest
assign $U1 control_domain 4 5 0x47
expect "assigned" "0004 0005 0047" "$(control_domains)"
expect "the guest's" "$(mask 4 0x47)" "$(crycb adm)"
sim "control add 5"
sim configchange
rescan
settle "the guest's, once the host has 5" "$(mask 4 5 0x47)" crycb adm
sim "control del 4"
sim configchange
rescan
settle "the guest's, without 4" "$(mask 5 0x47)" crycb adm
