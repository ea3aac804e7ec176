# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-21 I14"
DESCRIPTION="show in each queue whether it is unassigned, assigned or in use"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
expect "nobody's queue" unassigned "$(status_of 05.0004)"
assign $U1 adapter 5 domain 4
expect "an mdev's queue" assigned "$(status_of 05.0004)"
expect "its neighbour" unassigned "$(status_of 05.0047)"
guest
expect "a guest's queue" "in use" "$(status_of 05.0004)"
vmm_end
settle "after the guest's end" assigned status_of 05.0004
unassign $U1 domain 4
settle "given back" unassigned status_of 05.0004
