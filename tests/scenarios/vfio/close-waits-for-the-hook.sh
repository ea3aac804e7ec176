# SPDX-License-Identifier: GPL-2.0-only
# A vCPU is in the hook, before it takes any lock of the module, and pauses there. What the hook
# uses belongs to the mdev, which may be freed once it is closed. A pause ends by itself after 5 s.
SHOWS="I30 I31"
DESCRIPTION="close a device only when no vCPU is in the hook for PQAP any more"
REQUIRES="ours apvmm two-cpus"
CPUS=2
SLOW=8

# The device was closed, or who closes it waits for the hook.
had_its_turn() {
	[ ! -s $WORK/closed ] || return 0
	read -r pid <$WORK/vmm-vm/pid
	for task in /proc/"$pid"/task/*; do
		cat "$task"/stack >$WORK/stack 2>$WORK/error
		grep -q vap_vm_detach $WORK/stack && grep -q rwsem_down_write $WORK/stack &&
			return 0
	done
	return 1
}

must insmod /lab/pause.ko
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
for round in 1 2; do
	guest
	guest_has "05.0004"
	rm -f $WORK/closed
	put /sys/kernel/debug/pause "vap_queue_get 5000000"
	must vmm vm spin mix 05.0004 cpu=1
	wait_for 20 pausing || give_up "round $round: no vCPU is in the hook"
	{
		vmm vm detach >$WORK/closed.new
		mv $WORK/closed.new $WORK/closed
	} &
	closing=$!
	wait_for 20 had_its_turn || fail "round $round: nobody closes the device"
	if [ -s $WORK/closed ] && pausing; then
		fail "round $round: the device was closed while a vCPU was in the hook"
	fi
	put /sys/kernel/debug/pause release
	wait $closing
	expect "round $round: close" ok "$(cut -c 1-2 $WORK/closed)"
	put /sys/kernel/debug/pause off
	expect "round $round: instructions left to the VMM" 0 "$(said user vm spin stop cpu=1)"
	vmm_end
done
must rmmod pause
