# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I5 I6"
DESCRIPTION="give a guest's queue to another driver only after it is zeroized, however long that takes"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
# after that the queue holds nothing, and the guest goes on to use it
vmm_expect ok vm reset
sim "queue stuck 05.0004 on"
{ write $BUS/devices/05.0004/driver/unbind 05.0004; } &
unbinder=$!
log_says() { dmesg | grep -q "05.0004: unbind waits for a reset of the queue"; }
wait_for 20 log_says || fail "the log does not say what is waited for"
guest_has ""
[ -e /proc/$unbinder ] || fail "unbind does not wait"
sim "queue stuck 05.0004 off"
wait $unbinder
expect "the driver, once it is clean" "" "$(bound_to 05.0004)"
bind 05.0004
settle "guest_matrix" "05.0004" full_guest_matrix
guest_has "05.0004"

note "its reset fails, so it is withheld; then it is unbound, which is the reason from then on"
reasons() { words $MATRIX/$U1/reasons; }
sim "queue stuck 05.0004 on"
unassign $U1 domain 4
assign $U1 domain 4
wait_for 20 prints "05.0004 reset-failed" reasons || fail "reasons: $(reasons)"
{ write $BUS/devices/05.0004/driver/unbind 05.0004; } &
unbinder=$!
wait_for 20 prints "05.0004 unbound" reasons || fail "reasons while it waits: $(reasons)"
[ -e /proc/$unbinder ] || fail "unbind does not wait"
sim "queue stuck 05.0004 off"
wait $unbinder
expect "reasons, once it is unbound" "05.0004 unbound" "$(reasons)"
bind 05.0004
guest_has "05.0004"
