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
