# SPDX-License-Identifier: GPL-2.0-only
# Nothing here waits: what a write takes from a guest is zeroized when the write returns. The last
# part is the opposite case, which shows that the check can fail: a queue whose reset does not end.
SHOWS="I5 I29"
DESCRIPTION="return from a write when the queues that it took from the guest have been zeroized"
REQUIRES="ours apvmm"

queue() { sed -n "s/^$1 .*state=\([a-z]*\) .*taint=\([a-z]*\).*/\1 \2/p" $SIM/queues; }
fill() {
	settle "guest_matrix" "05.0004 05.0047" full_guest_matrix
	for apqn in 05.0004 05.0047; do
		expect "NQAP in $apqn" 0 "$(said cc vm nqap apqn=$apqn)"
		expect "$apqn before" "ok guest" "$(queue $apqn)"
	done
}
# taken APQN... COMMAND...: by a command that returns when they are clean
taken() {
	apqns=$1
	shift
	"$@"
	for apqn in $apqns; do
		expect "$apqn after: $*" "ok none" "$(queue $apqn)"
	done
}

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
sim "queue reset-latency 05.* 300000"
fill
taken 05.0004 put $MATRIX/$U1/unassign_domain 4
put $MATRIX/$U1/assign_domain 4
fill
taken "05.0004 05.0047" put $MATRIX/$U1/unassign_adapter 5
put $MATRIX/$U1/assign_adapter 5
fill
taken "05.0004 05.0047" put $MATRIX/$U1/ap_config "$(mask),$(mask 4 0x47),$(mask)"
put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4 0x47),$(mask)"
fill
taken "05.0004 05.0047" vmm_expect ok vm reset
fill
taken "05.0004 05.0047" vmm_expect ok vm detach
vmm_expect ok vm attach $U1
fill
note "a queue that was bound a moment ago is still being reset when it is assigned"
sim "queue reset-latency 05.00ab 1000000"
unbind 05.00ab
bind 05.00ab
taken 05.00ab put $MATRIX/$U1/assign_domain 0xab
sim "queue stuck 05.0004 on"
put $MATRIX/$U1/unassign_domain 4
expect "05.0004, whose reset does not end, after the write" "reset guest" "$(queue 05.0004)"
sim "queue stuck 05.0004 off"
