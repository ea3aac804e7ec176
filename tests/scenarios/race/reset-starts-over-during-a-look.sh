# SPDX-License-Identifier: GPL-2.0-only
# Each instruction for the queue takes 10 ms, so the second reset mostly begins while the worker
# polls the first one. What that poll says must not count for the second.
SHOWS="I5 I29"
DESCRIPTION="zeroize a queue again if its reset starts over while the worker looks at it"
REQUIRES="ours apvmm"
CPUS=2
SLOW=5

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
sim "queue insn-latency 05.0004 10000; queue reset-latency 05.0004 300000"
# a ZAPQ during a reset is refused, and tried again
zapqs() { sim_count ' host pqap\[zapq\] 05.0004 rc=00'; }
has_begun() { [ "$(zapqs)" -gt 0 ]; }
for round in $(seq 16); do
	sim_clear_log
	vmm vm reset >$WORK/first &
	first=$!
	wait_for 10 has_begun || fail "round $round: it is not zeroized"
	vmm_expect ok vm reset
	wait $first
	expect "accepted ZAPQs, round $round" 2 "$(zapqs)"
done
