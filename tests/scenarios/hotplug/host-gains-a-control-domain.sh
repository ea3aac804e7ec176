# SPDX-License-Identifier: GPL-2.0-only
# Mainline resets the queues of the adapters in a mask that it has not set if nothing but a
# control domain is new. Upstream commit bf09b9d7cd78; 6.12 up to 6.12.109, 6.18 up to 6.18.50
# and 7.2 up to 7.2.4 have the fault. Kernels whose compiler clears the stack, as Debian's
# does, do not show it.
SHOWS="part-12 part-14 I7 C18"
DESCRIPTION="give a control domain that the host gains to the guest, and reset nothing for it"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4 control_domain 4 5
guest
guest_has "05.0004 06.0004"
changes=$(crycb_changes)
sim_clear_log
sim "control add 5"
sim configchange
rescan
settle "control domains" "$(mask 4 5)" crycb adm
guest_has "05.0004 06.0004"
expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
expect "resets" 0 "$(sim_count 'host pqap.[rz]apq.')"
