# SPDX-License-Identifier: GPL-2.0-only
SHOWS="P2! C3! R-09 R-09t I29"
DESCRIPTION="withhold a queue that cannot be zeroized, and give it to the guest once it can be"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
sim "queue stuck 05.0004 on"
unassign $U1 adapter 5
guest_has "06.0004"
assign $U1 adapter 5
guest_has "06.0004"
expect "the matrix" "05.0004 06.0004" "$(matrix)"
sim "queue stuck 05.0004 off"
wait_for 20 prints "05.0004 06.0004" full_guest_matrix
guest_has "05.0004 06.0004"
