# SPDX-License-Identifier: GPL-2.0-only
SHOWS="P1! P6! I28"
DESCRIPTION="let a guest enable and disable interrupts while another guest's queue is stuck in a reset"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
assign $U2 adapter 6 domain 4
guest stuck $U1
guest free $U2
sim "queue reset-latency 05.0004 3000000"
vmm stuck reset >$WORK/reset.said &
resetter=$!
wait_for 5 sim_did 'host pqap\[zapq\] 05.0004' >/dev/null || fail "no reset yet"
begun=$(uptime_cs)
expect "AQIC of the other guest" 00 "$(said rc free aqic on apqn=06.0004)"
put $MATRIX/$U2/assign_domain 0x47
put $BUS/apmask -0xa
spent=$(($(uptime_cs) - begun))
[ -e /proc/$resetter ] || fail "the reset is over already: nothing was shown"
note "the others took $spent cs"
[ $spent -lt 200 ] || fail "they waited for the reset"
wait $resetter
sim "queue reset-latency 05.0004 0"
