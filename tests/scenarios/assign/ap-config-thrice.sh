# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-28 R-28t"
DESCRIPTION="accept the same ap_config three times, then remove the mdev and unbind the queue"
REQUIRES="module"

free_for_guests 5
mdev_create
for time in 1 2 3; do
	note "time $time"
	put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4 0x47),$(mask 4)"
done
expect "the matrix" "05.0004 05.0047" "$(matrix)"
mdev_remove
unbind 05.0004
expect "its driver" "" "$(bound_to 05.0004)"
