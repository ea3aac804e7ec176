# SPDX-License-Identifier: GPL-2.0-only
# A queue is unassigned while an earlier update of its mdev is being written, which a pause
# makes slow. The update that follows takes it from the guest, and then it must be linked to no
# mdev, which its status shows.
SHOWS="I14"
DESCRIPTION="forget a queue that is unassigned while an earlier update is being written"
REQUIRES="ours apvmm"
CPUS=2

must insmod /lab/pause.ko
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
put /sys/kernel/debug/pause "vap_apcb_write 20000"
for round in 1 2 3 4 5 6 7 8; do
	{ write $MATRIX/$U1/assign_domain 0x47; } &
	first=$!
	until grep -q 05.0047 $MATRIX/$U1/matrix; do :; done
	put $MATRIX/$U1/unassign_domain 4
	wait $first || fail "assign_domain"
	guest_has vm $U1 05.0047
	expect "status of the queue that left" unassigned "$(cat $BUS/devices/05.0004/status)"
	put $MATRIX/$U1/assign_domain 4
	put $MATRIX/$U1/unassign_domain 0x47
done
put /sys/kernel/debug/pause off
must rmmod pause
