# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-02 R-09 R-09t"
DESCRIPTION="wait without a message for a queue whose reset is answered with busy for a while"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
for rc in 05 02 0a; do
	sim "queue resetfail 05.0004 $rc count=3"
	before=$(dmesg | wc -l)
	vmm_expect ok vm reset
	guest_has "05.0004"
	said=$(($(dmesg | wc -l) - before))
	[ $said -le 2 ] || fail "rc $rc: $said lines in the log"
done
