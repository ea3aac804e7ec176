# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-18 R-18t"
DESCRIPTION="reset at close what the guest has, not what it lost before"
REQUIRES="module apvmm"

free_for_guests 5,0xa
mdev_create
assign $U1 adapter 5 0xa domain 4
guest
unassign $U1 adapter 0xa
guest_has "05.0004"
sim_clear_log
vmm_expect ok vm detach
settle "resets" "05.0004" sim_zapqs
