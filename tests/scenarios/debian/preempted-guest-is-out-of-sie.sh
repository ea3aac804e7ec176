# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="change the matrix of a guest whose vCPU was preempted on the only CPU"
REQUIRES="debian module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
vmm vm waitirq mask=0x10 timeout=2000 >$WORK/waited &
# Who is woken by a timer goes first. The simulator warns if that finds the guest in SIE.
chrt -f 1 bash -ec 'cd $0
	for turn in {1..10}; do
		sleep 0.003
		echo 0x47 >assign_domain
		sleep 0.003
		echo 0x47 >unassign_domain
	done' $MATRIX/$U1 || fail "the changes"
wait
note "the guest's wait: $(cat $WORK/waited)"
guest_has "05.0004"
