# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A1! I22"
DESCRIPTION="report for each assigned APQN that the guest lacks the reason"
REQUIRES="ours"

free_for_guests 5,6,7
mdev_create
assign $U1 adapter 5 6 7 domain 4 0x47 0x48
unbind 06.0047
reasons() { words $MATRIX/$U1/reasons; }
settle "reasons" "05.0048 domain-not-in-host-config \
06.0004 sibling-withheld 06.0047 unbound 06.0048 domain-not-in-host-config \
07.0004 adapter-not-in-host-config 07.0047 adapter-not-in-host-config \
07.0048 adapter-not-in-host-config" reasons
expect "guest_matrix" "05.0004 05.0047" "$(guest_matrix)"
bind 06.0047
unassign $U1 adapter 7 domain 0x48
settle "reasons, once all is there" "" reasons
expect "guest_matrix" "05.0004 05.0047 06.0004 06.0047" "$(guest_matrix)"
sim "queue stuck 06.0004 on"
unbind 06.0004
bind 06.0004
wait_for 20 grep -q '06.0004 reset-failed' $MATRIX/$U1/reasons || fail "reasons: $(reasons)"
grep -q '06.0047 sibling-withheld' $MATRIX/$U1/reasons || fail "reasons: $(reasons)"
sim "queue stuck 06.0004 off"
wait_for 20 prints "" reasons
expect "reasons, once it is clean" "" "$(reasons)"

note "a device of the bus that is no queue has no part in it: the host's cards are bound"
sim "card add 0 type=cex8 mode=cca; domain add 0; configchange"
free_for_guests 0,8
mdev_create $U2
assign $U2 adapter 0 domain 0
settle "guest_matrix" "00.0000" guest_matrix $U2
unbind 00.0000
expect "reasons" "00.0000 unbound" "$(words $MATRIX/$U2/reasons)"

note "a queue that no driver has had yet: older kernels have its type behind a pointer to the driver"
put $BUS/drivers_autoprobe 0
sim "card add 8 type=cex8 mode=cca; configchange"
# a scan that has begun may have seen the old configuration
rescan
is_there() { [ -e $BUS/devices/08.0000 ]; }
wait_for 20 is_there || give_up "no device 08.0000"
put $BUS/drivers_autoprobe 1
expect "its driver" "" "$(bound_to 08.0000)"
assign $U2 adapter 8
expect "reasons" "00.0000 unbound 08.0000 unbound" "$(words $MATRIX/$U2/reasons)"
sim "card del 0; card del 8; domain del 0; configchange"
