# SPDX-License-Identifier: GPL-2.0-only
# The work that sends the uevent pauses when it has sent one. Meanwhile the matrix changes once
# more and the mdev is removed: the removal has to wait for the work, which is pending again, and
# the last uevent comes before the mdev is gone. The pause stops a CPU. It should be CPU 1, which
# changes the matrix and is busy, so that its timers stay with it; this script is on CPU 0. A turn
# in which it is CPU 0 shows nothing, and is repeated. (5.10 deletes the device before it tells the
# driver: there is no last uevent.)
SHOWS="A7 I30 I35"
DESCRIPTION="remove an mdev while its uevent is being sent"
REQUIRES="ours busybox 6.1+ two-cpus"
CPUS=2

idle() { ! pausing; }
removed() { [ ! -e $MATRIX/$U1 ]; }
ended() { [ ! -e /proc/$remover ]; }
waits() { grep -q vap_notify_exit_mdev /proc/$remover/stack 2>/dev/null; }
waits_or_over() { waits || ended || idle; }
# the last matrix that was told before the removal
last_told() { sed -n "/^unbind .*$U1/q; s/^change .*$U1 0x/0x/p" $WORK/uevents | tail -n 1; }

printf '#!/bin/sh\necho "$ACTION $DEVPATH $AP_GUEST_MATRIX" >>%s\n' $WORK/uevents >$WORK/listen
chmod +x $WORK/listen
uevent $WORK/listen &
listener=$!
free_for_guests 5
must insmod /lab/pause.ko
listens() {
	echo change >$MATRIX/uevent
	grep -q "^change ${MATRIX#/sys} " $WORK/uevents 2>/dev/null
}
wait_for 10 listens || give_up "nobody listens"

one_turn() {
	mdev_create
	assign $U1 adapter 5 domain 4
	wait_for 10 grep -q "^change .*$U1 $(mask 5),$(mask 4)," $WORK/uevents ||
		give_up "no uevent: $(cat $WORK/uevents)"
	put /sys/kernel/debug/pause "uevent_work_fn 5000000 return"
	taskset 2 sh -c "echo 0x47 >$MATRIX/$U1/assign_domain; while :; do :; done" &
	busy=$!
	wait_for 20 pausing || give_up "the uevent is not sent"
	put $MATRIX/$U1/unassign_adapter 5
	echo 1 >$MATRIX/$U1/remove &
	remover=$!
	wait_for 20 waits_or_over
	if waits && pausing; then
		waited=yes
	elif ended && pausing; then
		fail "the mdev was removed while its work ran"
	fi
	put /sys/kernel/debug/pause release
	kill -9 $busy
	wait $remover || fail "remove: $?"
	wait_for 20 idle || give_up "the pause goes on"
	put /sys/kernel/debug/pause off
	check "the mdev is gone" removed
	wait_for 10 grep -q "^remove ${MATRIX#/sys}/$U1 " $WORK/uevents ||
		fail "no uevent of the removal"
	expect "the last matrix that was told" "$(mask),$(mask 4 0x47),$(mask)" "$(last_told)"
	: >$WORK/uevents
}

must taskset -p 1 $$
waited=no turn=0
while [ $waited = no ] && [ $turn -lt 10 ] && [ $ktap_failed = 0 ]; do
	turn=$((turn + 1))
	one_turn
done
note "$turn turns"
expect "the removal waited for the work" yes $waited
kill $listener
must rmmod pause
