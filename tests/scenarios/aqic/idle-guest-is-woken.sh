# SPDX-License-Identifier: GPL-2.0-only
# The alert goes to the host ISC that AQIC has named, and KVM listens at one: with any other one the
# vCPU would sleep on.
SHOWS=""
DESCRIPTION="wake a vCPU that waits, by a GISA alert"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
for isc in 2 6; do
	expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004 isc=$isc)"
	vmm vm idle >$WORK/idle &
	idle=$!
	asleep() { grep -q '^State:.S' /proc/$idle/status; }
	wait_for 5 asleep
	expect "NQAP of another vCPU" 0 "$(said cc vm nqap apqn=05.0004 cpu=1)"
	wait $idle
	expect "what woke it" io "$(answer how "$(cat $WORK/idle)")"
	expect "the interruption" "$([ $isc = 2 ] && echo 90000000 || echo b0000000)" \
		"$(answer word "$(cat $WORK/idle)")"
	expect "DQAP" 0 "$(said cc vm dqap apqn=05.0004)"
	expect "AQIC off" 00 "$(said rc vm aqic off apqn=05.0004)"
done
