# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A7! I35"
DESCRIPTION="send a uevent with the guest's masks when its matrix changes, and only then"
REQUIRES="ours busybox"
CPUS=2

free_for_guests 5,6,7
mdev_create
printf '#!/bin/sh\necho "$ACTION $DEVPATH $AP_GUEST_MATRIX" >>%s\n' $WORK/uevents >$WORK/listen
chmod +x $WORK/listen
uevent $WORK/listen &
listener=$!
events() { grep -c 0x $WORK/uevents; }
listens() {
	echo change >$MATRIX/$U1/uevent
	grep -q "^change .*$U1" $WORK/uevents 2>/dev/null
}
wait_for 10 listens || give_up "nobody listens"
told() { # ADAPTERS...
	wait_for 5 grep -q "$(mask "$@"),$(mask 4),$(mask)" $WORK/uevents ||
		fail "no event: $(cat $WORK/uevents)"
}
put $MATRIX/$U1/assign_adapter 5
put $MATRIX/$U1/assign_domain 4
told 5
seen=$(events)
generation() { cat $MATRIX/$U1/guest_generation; }
before=$(generation)
put $MATRIX/$U1/assign_domain 4
put $MATRIX/$U1/assign_adapter 7
put $MATRIX/$U1/unassign_adapter 7
put $MATRIX/$U1/assign_adapter 6
told 5 6
expect "events for one change among four writes" $((seen + 1)) "$(events)"
expect "generation" $((before + 1)) "$(generation)"
kill $listener
