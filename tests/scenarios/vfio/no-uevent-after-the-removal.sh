# SPDX-License-Identifier: GPL-2.0-only
# A uevent of a change is sent a tick later. Here the mdev is removed within that tick. (5.10
# deletes the device, and sends its last uevent, before it tells the driver.)
SHOWS="A7 I30 I35"
DESCRIPTION="remove an mdev while a uevent of it is due: none comes after that of its removal"
REQUIRES="ours busybox"

ROUNDS=8
printf '#!/bin/sh\necho "$ACTION $DEVPATH $AP_GUEST_MATRIX" >>%s\n' $WORK/uevents >$WORK/listen
chmod +x $WORK/listen
uevent $WORK/listen &
listener=$!
# An event of its own comes after all that were sent before.
marked() { grep -q "^$1 ${MATRIX#/sys} " $WORK/uevents 2>/dev/null; }
listens() {
	echo change >$MATRIX/uevent
	marked change
}
free_for_guests 5
wait_for 10 listens || give_up "nobody listens"

round=0
while [ $round -lt $ROUNDS ]; do
	round=$((round + 1))
	mdev_create
	assign $U1 domain 4
	put $MATRIX/$U1/assign_adapter 5
	put $MATRIX/$U1/remove 1
done
put $MATRIX/uevent offline
wait_for 60 marked offline || give_up "the last uevent did not come"
kill $listener
expect "removals" $ROUNDS "$(grep -c "^remove .*$U1 " $WORK/uevents)"
expect "uevents after a removal" "" "$(awk -v uuid="$U1 " '
	!index($0, uuid) { next }
	$1 == "add" { removed = 0 }
	$1 == "remove" { removed = 1 }
	$1 == "change" && removed' $WORK/uevents)"
