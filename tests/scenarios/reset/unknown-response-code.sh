# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C3! R-12 R-12t I29"
DESCRIPTION="withhold a queue whose reset ended with an unknown code only if its owner changes"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"

note "in place: the caller is told, the guest keeps its queue"
changes=$(crycb_changes)
sim "queue resetfail 05.0004 42"
vmm_expect EIO vm reset
guest_has "05.0004 06.0004"
expect "changes of the CRYCB" "$changes" "$(crycb_changes)"
dmesg | grep -q "05.0004: reset in place failed, response code 42" || fail "nothing in the log"
sim "queue resetfail 05.0004 00"
sim "inject 05.0004 fc=zapq rc=01 count=1"
note "nor is a queue waited for that is not there"
vmm_expect EIO vm reset
guest_has "05.0004 06.0004"
sim "queue resetfail 05.0004 42"

note "on its way to another owner: withheld until a reset succeeds"
unassign $U1 adapter 5
assign $U1 adapter 5
guest_has "06.0004"
expect "reasons" "05.0004 reset-failed" "$(words $MATRIX/$U1/reasons)"
sim "queue resetfail 05.0004 00"
wait_for 20 prints "05.0004 06.0004" full_guest_matrix
guest_has "05.0004 06.0004"
vmm_expect ok vm reset
