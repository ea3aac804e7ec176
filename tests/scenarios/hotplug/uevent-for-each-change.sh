# SPDX-License-Identifier: GPL-2.0-only
# A7, I35
DESCRIPTION="send a uevent with the guest's masks when its matrix changes, and only then"
REQUIRES="ours busybox"

free_for_guests 5,6,7
mdev_create
uevent sh -c 'echo "$AP_GUEST_MATRIX" >>'$WORK/uevents &
listener=$!
events() { grep -c 0x $WORK/uevents; }
: >$WORK/uevents
put $MATRIX/$U1/assign_adapter 5
put $MATRIX/$U1/assign_domain 4
wait_for 5 grep -q "$(mask 5),$(mask 4),$(mask)" $WORK/uevents || fail "no event: $(cat $WORK/uevents)"
seen=$(events)
put $MATRIX/$U1/assign_domain 4
put $MATRIX/$U1/assign_adapter 7
put $MATRIX/$U1/unassign_adapter 7
put $MATRIX/$U1/assign_adapter 6
wait_for 5 grep -q "$(mask 5 6),$(mask 4),$(mask)" $WORK/uevents || fail "no event: $(cat $WORK/uevents)"
expect "events for one change among four writes" $((seen + 1)) "$(events)"
kill $listener
