# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-1 K-13 R-03 R-04 I8"
DESCRIPTION="clean up after a VMM that was killed, and let the next VMM open the mdev at once"
REQUIRES="module apvmm"
CPUS=2

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest first
expect "AQIC" 00 "$(said rc first aqic on apqn=05.0004)"
must vmm first nqap apqn=05.0004
sim_clear_log
vmm_kill first
settle "the queue's status" assigned status_of 05.0004
wait_for 5 sim_did 'zapq.* 05.0004' >/dev/null || fail "no reset of 05.0004"
guest second
guest_has second $U1 "05.0004"
expect "status of the queue, in the next guest" "empty,noirq" \
	"$(said status second tapq apqn=05.0004)"
