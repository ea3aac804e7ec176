# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-09"
DESCRIPTION="count resets that complete and that fail, their time, and the queues that are withheld"
REQUIRES="ours apvmm"

count() {
	sed -n "s/^$1 //p" $MATRIX/resets
}

grep -qw resets $MATRIX/features || fail "not a feature"
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
expect "withheld" 0 "$(count withheld)"
complete=$(count complete) failed=$(count failed) total=$(count total_us)
sim "queue reset-latency 06.0004 30000"
unassign $U1 adapter 6
guest_has "05.0004"
expect "complete" $((complete + 1)) "$(count complete)"
check "the time of the reset" [ $(count total_us) -ge $((total + 25000)) ]
check "the longest one" [ $(count longest_us) -ge 25000 ]
check "no longer than all together" [ $(count longest_us) -le $(count total_us) ]
expect "failed" "$failed" "$(count failed)"
sim "queue reset-latency 06.0004 0"
assign $U1 adapter 6
unassign $U1 adapter 6
expect "complete, and a short one" $((complete + 2)) "$(count complete)"
check "the longest one stays" [ $(count longest_us) -ge 25000 ]

complete=$(count complete)
sim "queue stuck 05.0004 on"
unassign $U1 adapter 5
guest_has ""
expect "withheld, and its mdev does not have it" 1 "$(count withheld)"
check "a failure" [ $(count failed) -gt $failed ]
expect "complete" "$complete" "$(count complete)"
sim "queue stuck 05.0004 off"
wait_for 20 prints 0 count withheld
expect "complete" $((complete + 1)) "$(count complete)"
