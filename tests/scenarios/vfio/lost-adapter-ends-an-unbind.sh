# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I5 I28"
DESCRIPTION="end an unbind that waits when the host loses the adapter, so that the bus can scan"
REQUIRES="ours apvmm"

# The bus's scan deletes the queue device and needs the device lock for that, which the
# unbind holds. It waits for a VM that is held first, then for a reset that does not end.
#
# The masks of the held VM have the queue until the VM goes on. The oracle reports that: while
# there is no device (unbound), and when the bus offers the new device to the host's driver,
# before it refuses that driver (sharing).
oracle_may_find="unbound sharings"

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
assign $U2 adapter 6 domain 4
guest
guest other $U2
settle "guest_matrix" "05.0004" full_guest_matrix

ended() { [ ! -e /proc/"$1" ]; }
accepted_zapqs() { sim_count ' host pqap\[zapq\] 05.0004 rc=00'; }
start_unbind() {
	{ write $BUS/devices/05.0004/driver/unbind 05.0004; } &
	unbinder=$!
}
# lose_adapter: as the SE does; the command ends when the bus has scanned
lose_adapter() {
	sim "card del 5"
	{ put $SIM/control configchange; } &
	scanner=$!
	wait_for 20 ended $scanner || fail "the scan waits for the unbind"
	wait_for 20 ended $unbinder || fail "the unbind goes on"
	[ ! -e $BUS/devices/05.0004 ] || fail "the device is there still"
}
gain_adapter() {
	sim "card add 5 type=cex8 mode=cca;configchange"
	settle "the driver" "vfio_ap" bound_to 05.0004
}

note "an unbind that waits for a VM"
hold_vm
sim_clear_log
put $DBF/vfio_ap/flush -
start_unbind
wait_for 60 grep -q "unbind 05.0004" $DBF/vfio_ap/sprintf
ended $unbinder && fail "unbind does not wait"
lose_adapter
dmesg | grep -q "05.0004: unbind waits no longer: the host has lost the queue" ||
	fail "the log does not say why it ended"
refused EADDRINUSE $MATRIX/$U2/assign_adapter 5
gain_adapter
refused EADDRINUSE $MATRIX/$U2/assign_adapter 5
expect "accepted ZAPQs while the VM has it" 0 "$(accepted_zapqs)"
release_vm
guest_has "05.0004"
check "it was zeroized in between" [ "$(accepted_zapqs)" -gt 0 ]

note "an unbind that waits for a reset"
sim "queue stuck 05.0004 on"
start_unbind
guest_has ""
log_says() { dmesg | grep -q "05.0004: unbind waits for a reset of the queue"; }
wait_for 20 log_says || fail "the log does not say what is waited for"
ended $unbinder && fail "unbind does not wait"
lose_adapter
gain_adapter
guest_has ""
settle "reasons, while it is not clean" "05.0004 reset-failed" words $MATRIX/$U1/reasons
sim "queue stuck 05.0004 off"
guest_has "05.0004"

note "a card that has changed its type: the scan deletes its queues, and creates them again"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
sim "queue stuck 05.0004 on; card del 5; card add 5 type=cex7 mode=cca"
{ put $SIM/control configchange; } &
scanner=$!
wait_for 20 ended $scanner || fail "the scan waits for a reset"
sim "queue stuck 05.0004 off; card del 5; card add 5 type=cex8 mode=cca; configchange"
# the bus of 5.10 creates them with a further scan
scanned_and_bound() { sim configchange && [ "$(bound_to 05.0004)" = vfio_ap ]; }
wait_for 20 scanned_and_bound || fail "05.0004 is not bound"
settle "guest_matrix" "05.0004" full_guest_matrix
guest_has "05.0004"
{ write $MATRIX/$U1/assign_domain 0x47; } &
writer=$!
wait_for 20 ended $writer || fail "a write waits for a reset that was cancelled with its device"
