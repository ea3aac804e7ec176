# SPDX-License-Identifier: GPL-2.0-only
# A queue is unassigned while an earlier update of its mdev is being written, which pauses until
# then. The update that follows takes it from the guest, and then it must be linked to no mdev,
# which its status shows.
SHOWS="I14"
DESCRIPTION="forget a queue that is unassigned while an earlier update is being written"
REQUIRES="ours apvmm two-cpus"
CPUS=2

must insmod /lab/pause.ko
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
for round in 1 2 3; do
	pause vap_apcb_write 5000000
	{ write $MATRIX/$U1/assign_domain 0x47; } &
	first=$!
	wait_for 10 pausing || give_up "round $round: nothing is being written"
	{ write $MATRIX/$U1/unassign_domain 4; } &
	second=$!
	wait_for 10 prints "05.0047" matrix || fail "round $round: it is not unassigned"
	pausing || note "round $round: the update was complete before that"
	pause release
	wait $first || fail "assign_domain"
	wait $second || fail "unassign_domain"
	guest_has vm $U1 05.0047
	expect "status of the queue that left" unassigned "$(cat $BUS/devices/05.0004/status)"
	put $MATRIX/$U1/assign_domain 4
	put $MATRIX/$U1/unassign_domain 0x47
done

note "what is being written to the guest counts as its own, though it was unassigned meanwhile"
mdev_create $U2
assign $U2 adapter 5
pause vap_apcb_write 5000000
{ write $MATRIX/$U1/assign_domain 0x47; } &
first=$!
wait_for 10 pausing || give_up "nothing is being written"
{ write $MATRIX/$U1/unassign_domain 0x47; } &
second=$!
wait_for 10 prints "05.0004" matrix || fail "it is not unassigned"
refused EADDRINUSE $MATRIX/$U2/assign_domain 0x47
pausing || note "the update was complete before that"
pause release
wait $first || fail "assign_domain"
wait $second || fail "unassign_domain"
guest_has vm $U1 05.0004
accepted $MATRIX/$U2/assign_domain 0x47
pause off
must rmmod pause
