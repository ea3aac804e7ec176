# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-11 R-11t"
DESCRIPTION="count a reset as complete only when TAPQ proves it"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
sim "queue reset-latency 05.0004 300000"
sim_clear_log
begun=$(uptime_cs)
vmm_expect ok vm reset
spent=$(($(uptime_cs) - begun))
note "took $spent cs"
[ $spent -ge 29 ] || fail "not waited for"
expect "the last TAPQ" rc=00 \
	"$(sim_did 'host pqap.tapq[^ ]* 05.0004' | tail -n 1 | grep -o 'rc=..')"

note "empty, and interrupts off, as well"
# response code, and the status: queue empty is the first bit, interrupts are on by the fifth
status() {
	sim_did "host pqap.tapq[^ ]* 05.0004" | tail -n 1 |
		sed 's/.*rc=\(..\).*gr1=........\(........\).*/\1 \2/'
}
guest_has "05.0004"
sim "queue reset-latency 05.0004 0"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
sim "queue irq-latency 05.0004 300000"
sim_clear_log
vmm_expect ok vm reset
expect "the last TAPQ of a reset with interrupts that go off late" "00 80000000" \
	"$(status)"
sim "queue irq-latency 05.0004 0"
sim "queue drain-latency 05.0004 300000"
sim_clear_log
put $MATRIX/$U1/unassign_domain 4
expect "the last TAPQ of a reset after which the queue is empty late" "00 80000000" \
	"$(status)"
sim "queue drain-latency 05.0004 0"

note "until then no AQIC of the guest is accepted, and the queue is zeroized again after a second"
put $MATRIX/$U1/assign_domain 4
guest_has "05.0004"
answered() { sim_did "host pqap.tapq[^ ]* 05.0004" | grep -q "rc=00"; }
# a reset in place has no time limit, after which a queue would be zeroized as well
zeroized_again() { [ "$(sim_count 'host pqap.zapq. 05.0004')" -gt 1 ]; }
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
sim "queue irq-latency 05.0004 100000000"
sim_clear_log
vmm vm reset >$WORK/reset &
wait_for 10 answered || fail "TAPQ does not get 00"
expect "AQIC during a reset that is not verified" 02 "$(said rc vm aqic on apqn=05.0004)"
wait_for 10 zeroized_again || fail "it is not zeroized again"
sim "queue irq-latency 05.0004 0"
wait $!
