# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="change the matrix of a guest when an interrupt took the only CPU from it"
REQUIRES="debian module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
vmm vm waitirq mask=0x10 timeout=2000 >$WORK/waited &
# Who is woken by a timer, goes first, and goes on until it sleeps. KVM waits for the virtual
# CPU to be out of SIE: if it is not by then, the scheduler has to come to the rescue.
chrt -f 1 bash -ec 'cd $0
	for turn in {1..20}; do
		sleep 0.003
		echo 0x47 >assign_domain
		sleep 0.003
		echo 0x47 >unassign_domain
	done
	while read -r key value; do
		[ $key != nonvoluntary_ctxt_switches: ] || echo $value
	done </proc/$$/status' $MATRIX/$U1 >$WORK/switches
read -r switches <$WORK/switches
note "the writer lost the CPU $switches times"
[ "$switches" -lt 40 ] || fail "the writer lost the CPU more often than once for each change"
wait
note "the guest's wait: $(cat $WORK/waited)"
guest_has "05.0004"
