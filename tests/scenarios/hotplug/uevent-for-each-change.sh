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
note "changes that follow each other fast, each of which takes the one before back"
before=$(generation)
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
	put $MATRIX/$U1/assign_control_domain 4
	put $MATRIX/$U1/unassign_control_domain 4
done
put $MATRIX/$U1/assign_control_domain 4
last="$(mask 5 6),$(mask 4),$(mask 4)"
is_last() { [ "$(tail -n 1 $WORK/uevents)" = "change ${MATRIX#/sys}/$U1 $last" ]; }
wait_for 5 is_last || fail "the last matrix is not told: $(tail -n 1 $WORK/uevents)"
expect "generation" $((before + 25)) "$(generation)"
expect "uevents that tell no news" "" "$(grep 0x $WORK/uevents | uniq -d)"
kill $listener
