# SPDX-License-Identifier: GPL-2.0-only
# A work of an mdev pauses before it touches the mdev. Then the VMM closes the device, which has to
# wait for irq_work, or somebody removes the mdev, which has to wait for update_work. The pause
# stops CPU 1, where the kernel runs all works that belong to no CPU; everything else is on CPU 0.
# If the work that resets queues is stopped as well, close and unassign wait for that until the
# pause is over: such a turn shows nothing, and is repeated.
SHOWS="I30 I31"
DESCRIPTION="wait for the works of an mdev when it is closed or removed"
REQUIRES="ours apvmm two-cpus"
CPUS=2

WORKS=/sys/devices/virtual/workqueue/cpumask

has_paused() { pausing || ! grep -q "^pauses 0" /sys/kernel/debug/pause; }
ended() { [ -s $WORK/ended ]; }
# a task of the process waits for the end of a work
waits() { grep -q cancel_work /proc/$waiting/task/*/stack 2>/dev/null; }
waits_or_over() { waits || ended || ! pausing; }

# end_while_pausing PID COMMAND...: a work pauses. COMMAND has to wait for it, in process PID or, if
# that is 0, in the one that executes it. Sets waited.
end_while_pausing() {
	waiting=$1
	shift
	rm -f $WORK/ended
	{
		"$@" >$WORK/ended.new 2>&1
		echo "status $?" >>$WORK/ended.new
		mv $WORK/ended.new $WORK/ended
	} &
	ending=$!
	[ "$waiting" != 0 ] || waiting=$ending
	wait_for 20 waits_or_over
	if ended && pausing; then
		fail "$* has ended before the work"
	elif waits && pausing; then
		waited=yes
	fi
	pause release
	wait $ending
	expect "$*" "status 0" "$(tail -n 1 $WORK/ended)"
	pause off
}

remove_mdev() { echo 1 >$MATRIX/$U1/remove; }

# The reset after the unplug says that interrupts are off, so irq_work is to free their record.
close_while_irq_work_runs() {
	mdev_create
	assign $U1 adapter 5 domain 4
	guest
	expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
	pause irq_work_fn 5000000
	put $MATRIX/$U1/unassign_adapter 5
	wait_for 20 has_paused || give_up "irq_work does not run"
	end_while_pausing "$(cat $WORK/vmm-vm/pid)" vmm vm detach
	vmm_end
	put $MATRIX/$U1/remove 1
}

# The VM is held, so the update is left to update_work. The guest has control domains only: no queue
# is reset when it ends.
remove_while_update_work_runs() {
	mdev_create
	assign $U1 control_domain 4
	guest
	hold_vm
	pause update_work_fn 5000000
	{ write $MATRIX/$U1/assign_control_domain 5; } &
	writer=$!
	wait_for 20 has_paused || give_up "update_work does not run"
	release_vm
	vmm_expect ok vm detach
	end_while_pausing 0 remove_mdev
	wait $writer
	vmm_end
}

until_waited() { # TURN
	waited=no turn=0
	while [ $waited = no ] && [ $turn -lt 10 ] && [ $ktap_failed = 0 ]; do
		turn=$((turn + 1))
		$1
	done
	note "$turn turns"
	expect "$1: the end waited for the work" yes $waited
}

end_with_all_cpus() { # STATUS
	echo "$cpus" >$WORKS
	scenario_end "$1"
}

must insmod /lab/pause.ko
must taskset -p 1 $$
free_for_guests 5
cpus=$(cat $WORKS)
trap 'end_with_all_cpus $?' EXIT
put $WORKS 2
until_waited close_while_irq_work_runs
until_waited remove_while_update_work_runs
must rmmod pause
