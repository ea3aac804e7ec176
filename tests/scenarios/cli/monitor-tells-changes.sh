# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="report each change of a guest's matrix and of its queues when it happens"
REQUIRES="module apmatrix apvmm live"

told() { grep -q "$1" $WORK/told; }
tells() { wait_for 10 told "$1" || fail "not told: $1; but $(cat $WORK/told)"; }

free_for_guests 5,6
apmatrix monitor >$WORK/told 2>&1 &
monitor=$!
tells '^ready'
grep -q guest_notify $MATRIX/features && expect "who tells" "ready kernel" "$(head -n 1 $WORK/told)"

tool_expect 0 create -u $U1 -a 5 -d 4,0x47
tells "$U1: matrix-added"
tells "$U1: assigned-changed +05.0004 +05.0047"
note "written by somebody else"
put $MATRIX/$U1/assign_adapter 6
tells "$U1: assigned-changed +06.0004 +06.0047"
guest
guest_has "05.0004 05.0047 06.0004 06.0047"
tells "$U1: state-changed idle -> in-use"
note "a queue loses its driver, and the guest the adapter"
unbind 06.0047
tells "06.0047: queue-driver vfio_ap"
tells "$U1: guest-changed -06.0004 -06.0047"
tells "$U1: queue-missing 06.0047 unbound"
tells "$U1: queue-missing 06.0004 sibling-withheld"
bind 06.0047
tells "$U1: guest-changed +06.0004 +06.0047"
tells "$U1: queue-returned 06.0047"
note "an administrator takes a queue of the guest away"
tool_expect 0 unassign $U1 -d 0x47 --allow-loss
tells "$U1: queue-unassigned 05.0047 in-guest"
tells "$U1: queue-unassigned 06.0047 in-guest"
# the kernel's own of 6.1 warns of a queue that went while a guest had it
if [ "$LAB_MODULE$LAB_KERNEL" != stock6.1 ]; then
	note "a card goes"
	sim card del 6
	sim configchange
	tells "card 0x06: card-removed"
fi
vmm_end
tells "$U1: state-changed in-use -> idle"
tool_expect 0 remove $U1
tells "$U1: matrix-removed"
kill $monitor
wait $monitor
expect "how it ended" 143 $?
