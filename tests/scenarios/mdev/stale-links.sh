# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-5 C1~"
DESCRIPTION="remove the link to an mdev from a queue that was assigned and withheld when the mdev was removed"
REQUIRES="ours"

free_for_guests 5,6
unbind 05.0047
for turn in 1 2 3; do
	mdev_create
	assign $U1 adapter 5 6 domain 4 0x47
	expect "05 is filtered" "06.0004 06.0047" "$(full_guest_matrix)"
	unassign $U1 adapter 5
	expect "status" unassigned "$(status_of 05.0004)"
	mdev_remove
	unbind 05.0004
	bind 05.0004
	expect "status" unassigned "$(status_of 05.0004)"
done
bind 05.0047
