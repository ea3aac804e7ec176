# SPDX-License-Identifier: GPL-2.0-only
# C20, I34; what the property test saw once, 01.0009 of a guest with interrupts to the host
DESCRIPTION="see that the AP bus took a guest's queue for the host's, and have it back clean"
REQUIRES="ours apvmm"

irq_of() { sed -n "s/^$1 .*irq=\([a-z]*\).*/\1/p" $SIM/queues; }
the_hosts() { [ "$(irq_of 05.0004)" = host ]; }
not_the_hosts() { ! the_hosts; }
in_use() { [ "$(status_of 05.0004)" = "in use" ]; }
looked_at() { sim_did 'host pqap.tapq.* 05.0004' >/dev/null; }
told() { dmesg | grep -c "05.0004: the AP bus took it for the host's"; }
reclaim() {
	sim bus reclaim 05.0004
	wait_for 10 the_hosts || give_up "the bus did not take it: $(irq_of 05.0004)"
}

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
before=$(told)
note "soon after it was bound it is looked at without a cause"
unbind 05.0004
bind 05.0004
wait_for 10 in_use || give_up "the guest does not get it"
reclaim
wait_for 10 not_the_hosts || fail "the host is notified of a guest's queue"
guest_has "05.0004"
expect "lines in the log" $((before + 1)) "$(told)"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"

note "later its guest is told that interrupts are on, for which it has not asked"
sim_forget
wait_for 10 looked_at || fail "what was bound anew is not looked at"
reclaim
expect "AQIC" 07 "$(said rc vm aqic on apqn=05.0004)"
wait_for 10 not_the_hosts || fail "the host is notified of a guest's queue"
guest_has "05.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "whom it notifies" guest "$(irq_of 05.0004)"
