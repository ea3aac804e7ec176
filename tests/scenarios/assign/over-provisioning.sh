# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-6 part-8 D-13 R-20"
DESCRIPTION="assign adapters and domains that the host does not have, and withhold them from the guest"
REQUIRES="module"

free_for_guests 5,6,7,200
mdev_create
assign $U1 adapter 5 7 200 domain 4 0xcc
expect "the matrix" "05.0004 05.00cc 07.0004 07.00cc c8.0004 c8.00cc" "$(matrix)"
settle "guest_matrix, without a guest" "05.0004" guest_matrix
unassign $U1 adapter 7 200 domain 0xcc
settle "guest_matrix" "05.0004" guest_matrix
