# SPDX-License-Identifier: GPL-2.0-only
# No reset completes until all eight have begun, so they cannot have been waited for one by one.
SHOWS="P4 R-10 R-10t"
DESCRIPTION="wait for eight slow resets at once, not for one after the other"
REQUIRES="ours apvmm"

all="05.0004 05.0047 05.00ab 05.00ff 06.0004 06.0047 06.00ab 06.00ff"
begun() { sim_zapqs | tr ' ' '\n' | sort | words /dev/stdin; }

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4 0x47 0xab 0xff
guest
guest_has "$all"
sim "queue stuck * on"
sim_clear_log
{ vmm vm reset >$WORK/reset; } &
resetter=$!
wait_for 20 prints "$all" begun
expect "resets that began before one was complete" "$all" "$(begun)"
expect "the answer meanwhile" "" "$(cat $WORK/reset)"
sim "queue stuck * off"
wait $resetter
expect "the answer" ok "$(sed 's/ .*//' $WORK/reset)"
expect "resets" "$all" "$(begun)"
guest_has "$all"

note "a queue that leaves meanwhile is reset beside a reset in place that has begun"
sim "queue stuck 05.0004 on"
put $DBF/vfio_ap/flush -
{ vmm vm reset >$WORK/reset; } &
resetter=$!
completes() { grep -c "reset $1 complete" $DBF/vfio_ap/sprintf; }
others_complete() { [ "$(completes "0[56].00[0-9a-f]*")" = 7 ]; }
wait_for 20 others_complete || fail "the other resets in place are not complete"
{ write $MATRIX/$U1/unassign_domain 0x47; } &
leaving=$!
wait_for 20 prints 2 completes 05.0047 || fail "the queue that left is not reset"
expect "the answer meanwhile" "" "$(cat $WORK/reset)"
sim "queue stuck 05.0004 off"
wait $resetter $leaving
expect "the answer" ok "$(sed 's/ .*//' $WORK/reset)"
guest_has "05.0004 05.00ab 05.00ff 06.0004 06.00ab 06.00ff"
