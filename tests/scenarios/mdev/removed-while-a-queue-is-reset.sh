# SPDX-License-Identifier: GPL-2.0-only
# Whoever assigns a queue that is being reset waits for that, until a signal comes. The record of
# the reset, once it is complete, names the mdev that waits for it, if there is one.
SHOWS="I30"
DESCRIPTION="forget an mdev that is removed before the reset of a queue that it waited for is complete"
REQUIRES="ours"

completed() { grep -oE "reset 05.0004 complete for mdev [0-9a-f]+" $DBF/vfio_ap/sprintf; }

free_for_guests 5
mdev_create
assign $U1 adapter 5
sim "queue stuck 05.0004 on"
unbind 05.0004
bind 05.0004
{ write $MATRIX/$U1/assign_domain 4; } &
writer=$!
wait_for 10 prints "05.0004" matrix || fail "matrix: $(matrix)"
kill $writer
wait $writer
mdev_remove
echo - >$DBF/vfio_ap/flush
sim "queue stuck 05.0004 off"
wait_for 20 completed >$WORK/completed || fail "the reset is not complete"
expect "the record" "reset 05.0004 complete for mdev 00000000000000000000000000000000" \
	"$(completed)"
note "the next mdev can have the queue"
mdev_create
assign $U1 adapter 5 domain 4
settle "guest_matrix" "05.0004" full_guest_matrix
