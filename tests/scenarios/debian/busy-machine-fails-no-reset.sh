# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I5 I28 I29"
DESCRIPTION="fail no reset because the machine is busy or the lock of a VM is held"
REQUIRES="debian ours apvmm"
CPUS=1
SLOW=14

# For three seconds eight loops of a real-time class leave nothing of the only CPU to the
# module's worker: longer than the limit of a reset, which counts from the accepted ZAPQ.

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4 0x47
assign $U2 adapter 6 domain 4 0x47
guest
guest other $U2
settle "guest_matrix" "05.0004 05.0047" full_guest_matrix $U1
settle "guest_matrix of the other" "06.0004 06.0047" full_guest_matrix $U2
sim "queue reset-latency * 100000"

# Neither the kernel's limit for real-time tasks nor its server for others is to help. The
# limit has to go first, and the kernel may refuse to set it again before the next boot.
limit=/proc/sys/kernel/sched_rt_runtime_us
server=/sys/kernel/debug/sched/fair_server/cpu0/runtime
limited=$(cat $limit)
put $limit -1
[ ! -e $server ] || { served=$(cat $server); put $server 0; }

cat >$WORK/busy.sh <<'X'
# busy.sh FILE VALUE: eight loops for three seconds, and a write as they begin
read -r up _ </proc/uptime
end=$((${up%.*} + 4))
for loop in 1 2 3 4 5 6 7 8; do
	while read -r up _ </proc/uptime && [ ${up%.*} -lt $end ]; do :; done &
done
echo "$2" >"$1"
wait
X

no_reset_failed() {
	! dmesg | grep "reset failed\|reset in place" || fail "$1: the log says so"
	! grep "reset .* failed" $DBF/vfio_ap/sprintf || fail "$1: the debug log says so"
}

note "the worker is late with the first ZAPQ"
sim_clear_log
must chrt -f 50 bash $WORK/busy.sh $MATRIX/$U2/unassign_domain 4
no_reset_failed "a late ZAPQ"
settle "guest_matrix of the other" "06.0047" full_guest_matrix $U2
assign $U2 domain 4
settle "guest_matrix of the other" "06.0004 06.0047" full_guest_matrix $U2
expect "reasons" "" "$(words $MATRIX/$U2/reasons)"
check "it was zeroized" sim_did ' host pqap\[zapq\] 06.0004 rc=00'

note "it is late with each answer to a reset that takes a second"
sim "queue reset-latency * 1000000"
{ vmm other reset >$WORK/reset; } &
resetting=$!
wait_for 10 sim_did ' host pqap\[zapq\] 06.0047 rc=00' >/dev/null
must chrt -f 50 bash $WORK/busy.sh $MATRIX/$U2/unassign_domain 4
wait $resetting
expect "VFIO_DEVICE_RESET" ok "$(words $WORK/reset)"
assign $U2 domain 4
settle "guest_matrix of the other" "06.0004 06.0047" full_guest_matrix $U2
no_reset_failed "late answers"

note "the lock of a VM is held meanwhile, and a queue is to leave it"
sim "queue reset-latency * 100000"
hold_vm
{ write $MATRIX/$U1/unassign_domain 4; } &
losing=$!
must chrt -f 50 bash $WORK/busy.sh $MATRIX/$U2/unassign_domain 4
release_vm
wait $losing
assign $U1 domain 4
assign $U2 domain 4
settle "guest_matrix" "05.0004 05.0047" full_guest_matrix $U1
settle "guest_matrix of the other" "06.0004 06.0047" full_guest_matrix $U2
no_reset_failed "a lock that is held"

[ ! -e $server ] || put $server "$served"
write $limit "$limited"
