# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A4"
DESCRIPTION="assign several IDs in one step, all or none"
REQUIRES="module apmatrix"

free_for_guests 5
mdev_create $U1 $U2
assign $U2 adapter 5 domain 0x47
tool_expect 4 assign $U1 -a 5 -d 4,0x47,0xab
expect "the matrix" "" "$(matrix)"
[ -e $MATRIX/$U1/guest_matrix ] || {
	note "this vfio_ap assigns no queue that it has not"
	tool_expect 4 assign $U1 -a 5 -d 4,0xab-0xac
	expect "the matrix" "" "$(matrix)"
	tool_expect 0 assign $U1 -a 5 -d 4,0xab
	exit 0
}
tool_expect 0 assign $U1 -a 5 -d 4,0xab-0xac
expect "the matrix" "05.0004 05.00ab 05.00ac" "$(matrix)"
