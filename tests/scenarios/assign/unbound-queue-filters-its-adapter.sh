# SPDX-License-Identifier: GPL-2.0-only
# R-20t has two halves: this is an unbound queue; assign/over-provisioning has the other.
SHOWS="part-6 part-7 R-20 R-20t"
DESCRIPTION="withhold an adapter as long as one of its assigned queues has no driver"
REQUIRES="module"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4 0x47
settle "all four" "05.0004 05.0047 06.0004 06.0047" guest_matrix
unbind 05.0047
settle "without adapter 5" "06.0004 06.0047" full_guest_matrix
expect "the matrix" "05.0004 05.0047 06.0004 06.0047" "$(matrix)"
bind 05.0047
settle "all four again" "05.0004 05.0047 06.0004 06.0047" guest_matrix
