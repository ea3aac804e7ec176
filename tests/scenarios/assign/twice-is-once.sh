# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I17"
DESCRIPTION="accept an assignment that exists already, and an unassignment that changes nothing"
REQUIRES="module"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 control_domain 4
sim_clear_log
assign $U1 adapter 5 domain 4 control_domain 4
unassign $U1 adapter 6 domain 0x47 control_domain 0x47
expect "the matrix" "05.0004" "$(matrix)"
expect "the control domains" "0004" "$(control_domains)"
expect "resets" "" "$(sim_zapqs)"
