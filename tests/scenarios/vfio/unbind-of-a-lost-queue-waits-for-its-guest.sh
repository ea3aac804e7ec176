# SPDX-License-Identifier: GPL-2.0-only
# The adapter is gone, which the AP bus does not know yet, and the queue is unbound while the
# guest's APCB is being written, which pauses. The guest's next update takes the queue away: the
# unbind waits for it, for a second at most. Otherwise the oracle reports a queue of a guest that no
# driver has.
SHOWS="I5 I28"
DESCRIPTION="take a queue that the host has lost from its guest before the unbind ends"
REQUIRES="ours apvmm two-cpus"
CPUS=2

must insmod /lab/pause.ko
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
waits() { grep -q "^State:.I" /proc/$unbinding/status; }
for round in 1 2 3; do
	pause vap_apcb_write 5000000
	{ write $MATRIX/$U1/assign_domain 0x47; } &
	writer=$!
	wait_for 10 pausing || give_up "round $round: nothing is being written"
	sim "card del 5"
	pausing || note "round $round: the update was complete before the unbind"
	{ write $BUS/devices/05.0004/driver/unbind 05.0004; } &
	unbinding=$!
	wait_for 10 ended_or $unbinding waits || fail "round $round: the unbind does not wait"
	pause release
	wait $unbinding || fail "unbind"
	! crycb_matrix | grep -q "05\." || fail "round $round: the guest still has it: $(crycb_matrix)"
	wait $writer || fail "assign_domain"
	pause off
	sim "configchange"
	wait_for 10 [ ! -e $BUS/devices/05.0004 ] || fail "the bus has not seen the loss"
	sim "card add 5 type=cex8 mode=cca;configchange"
	settle "the driver" "vfio_ap" bound_to 05.0004
	put $MATRIX/$U1/unassign_domain 0x47
	guest_has "05.0004 06.0004"
done
must rmmod pause
