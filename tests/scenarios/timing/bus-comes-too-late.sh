# SPDX-License-Identifier: GPL-2.0-only
# The property test saw this once: a queue of a guest with interrupts enabled for the host.
SHOWS="C20 I34"
DESCRIPTION="detect that the AP bus reinitialised a guest's queue, rebind and zeroize it"
REQUIRES="ours apvmm"
SLOW=10

in_use() { [ "$(status_of 05.0004)" = "in use" ]; }
looked_at() { sim_did 'host pqap.tapq.* 05.0004' >/dev/null; }
taken() { sim_did 'host pqap.aqic.* 05.0004' >/dev/null; }
told() { dmesg | grep -c "05.0004: reinitialised by the AP bus; rebinding"; }
told_times() { [ "$(told)" = "$1" ]; }
reclaim() {
	sim_clear_log
	sim bus reclaim 05.0004
	wait_for 10 taken || give_up "the bus did not take it"
}

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
before=$(told)
note "for a second after it was bound the module looks at the queue by itself"
unbind 05.0004
bind 05.0004
wait_for 10 in_use || give_up "the guest does not get it"
reclaim
wait_for 3 told_times $((before + 1))
expect "lines in the log" $((before + 1)) "$(told)"
guest_has "05.0004"
expect "whom it notifies" off "$(irq_of 05.0004)"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"

note "later its guest is told that interrupts are on, for which it has not asked"
sim_clear_log
wait_for 3 looked_at || note "it was looked at before"
reclaim
rc=$(said rc vm aqic on apqn=05.0004)
# on a kernel that checks itself all takes so long that the look may come only now
[ $patience != 1 ] || expect "AQIC" 07 "$rc"
wait_for 10 told_times $((before + 2)) || fail "nobody sees that the host is notified"
guest_has "05.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "whom it notifies" guest "$(irq_of 05.0004)"
note "in that second a queue that nobody has yet is looked at before a guest gets it"
unassign $U1 domain 4
last_reset() { grep "reset 05.0004 complete" $DBF/vfio_ap/sprintf | tail -n 1; }
is_clean() { [ "$(last_reset)" != "$reset_before" ]; }
bind_and_reclaim() {
	unbind 05.0004
	reset_before=$(last_reset)
	bind 05.0004
	wait_for 10 is_clean || give_up "it is not reset"
	reclaim
}
bind_and_reclaim
assign $U1 domain 4
guest_has "05.0004"
expect "whom it notifies" off "$(irq_of 05.0004)"

note "and after that second, though nobody has it"
unassign $U1 domain 4
before=$(told)
bind_and_reclaim
wait_for 10 told_times $((before + 1)) || fail "nobody sees that the host is notified"
settle "whom it notifies" off irq_of 05.0004
expect "status" unassigned "$(status_of 05.0004)"

note "and one that is assigned before a VM gets the mdev"
mdev_create $U2
assign $U2 adapter 5 domain 4
vmm_start two
guest_vm two
bind_and_reclaim
must vmm two attach $U2 $guest_by
guest_has two $U2 "05.0004"
expect "whom it notifies" off "$(irq_of 05.0004)"
expect "findings" 0 "$(oracle findings)"
[ "$(oracle bus)" -ge 2 ] || fail "the oracle counted $(oracle bus) instructions of the bus"

note "a queue that notifies its guest was not taken: nothing is told when it is looked at"
before=$(told)
unbind 05.0004
bind 05.0004
wait_for 10 in_use || give_up "the guest does not get it"
expect "AQIC" 00 "$(said rc two aqic on apqn=05.0004)"
unbind 05.0047
resets() { grep -c "reset 05.0047 complete" $DBF/vfio_ap/sprintf; }
resets=$(resets)
bind 05.0047
other_is_clean() { [ "$(resets)" -gt "$resets" ]; }
wait_for 10 other_is_clean || give_up "the next one is not reset"
sim_clear_log
other_looked_at() { sim_did 'host pqap.tapq.* 05.0047' >/dev/null; }
wait_for 3 other_looked_at || note "it was looked at before"
expect "lines in the log" "$before" "$(told)"
expect "whom it notifies" guest "$(irq_of 05.0004)"

note "one that the bus took and that cannot be reset holds up no other that has to be rebound"
vmm_expect ok two aqic off apqn=05.0004
expect "NQAP" 0 "$(said cc two nqap apqn=05.0004)"
sim_clear_log
wait_for 3 looked_at || note "it was looked at before"
before=$(told)
reclaim
sim "queue stuck 05.0004 on"
vmm two aqic on apqn=05.0004 >/dev/null
wait_for 10 told_times $((before + 1)) || fail "nobody sees that the host is notified"
free_for_guests 6
mdev_create $U3
assign $U3 adapter 6 domain 0x48
sim "domain add 0x48; configchange"
settle "guest_matrix of another mdev" "06.0048" full_guest_matrix $U3
sim "queue stuck 05.0004 off"
guest_has two $U2 "05.0004"
sim "domain del 0x48; configchange"
