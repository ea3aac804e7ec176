# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=busybox disable=SC2154
#
# For scenarios about an unmap that takes long: the task that unmaps memory is at the end of its
# system call, with no lock held, and waits for CPU 1, which a task of a higher priority gets. A
# turn in which the unmap is over first shows nothing, and is repeated.

T=/sys/kernel/tracing
# run_on CPU-MASK PID
run_on() { taskset -p "$1" "$2" >$WORK/taskset || give_up "taskset $*"; }
# aqic_on NIB: the response code
aqic_on() { said rc vm aqic on apqn=05.0004 nib="$1"; }
ran() { cut -d " " -f 14 /proc/$hog/stat; }	# clock ticks in user space
# how many unmaps were over
over() { awk '$1 == "over" { print $2 }' $T/kprobe_profile; }
is_later() { awk -v then="$1" '{ exit $1 < then + 0.1 }' /proc/uptime; }
has_run() { [ "$(ran)" -gt "$1" ]; }
hog_is_stopped() { grep -q "^State:.*T (stopped)" /proc/$hog/status; }
has_paused() { pausing || ! grep -q "^pauses 0" /sys/kernel/debug/pause; }
# unmap_once: true if the task that unmaps waits in its system call
unmap_once() {
	expect "AQIC before the unmap" 00 "$(aqic_on 0x300010)"
	pause vfio_fops_unl_ioctl 5000000 return
	rm -f $WORK/unmapped
	run_on 2 "$vm"
	# before the pause: a process that starts during the pause may be blocked until it is over
	ran=$(ran) over=$(over)
	vmm vm mem unmap 0x300000 0x100000 >$WORK/unmapped &
	unmapping=$!
	wait_for 20 has_paused || give_up "nothing is unmapped"
	kill -CONT $hog
	read -r second _ </proc/uptime
	wait_for 20 is_later "$second"	# the scheduler looks at CPU 1 once in a tick
	pause release
	run_on 1 "$vm"
	wait_for 20 has_run "$ran" || give_up "nobody else has CPU 1"
	[ "$(over)" = "$over" ]
}
# unmapped: lets that task end its system call
unmapped() {
	kill -STOP $hog
	wait $unmapping
	expect "unmap" ok "$(cut -c 1-2 $WORK/unmapped)"
	pause off
	wait_for 20 hog_is_stopped || give_up "the other task goes on"
}
# unmap: returns while a task that unmaps 0x300000 to 0x3fffff waits in its system call
unmap() {
	turn=1
	until unmap_once; do
		unmapped
		must vmm vm mem map 0x300000 0x100000
		[ $turn -lt 10 ] || give_up "the system call was over first, ten times"
		turn=$((turn + 1))
	done
	note "$turn turns"
}
unmap_end() { # STATUS
	kill -KILL $hog
	echo 0 >$T/events/kprobes/enable
	echo >$T/kprobe_events
	scenario_end "$1"
}
# unmap_begin: guest vm, with queue 05.0004
unmap_begin() {
	must insmod /lab/pause.ko
	run_on 1 $$
	free_for_guests 5
	mdev_create
	assign $U1 adapter 5 domain 4
	vmm_start
	guest_vm vm
	must vmm vm attach $U1 chunk=0x100000 $guest_by
	read -r vm <$WORK/vmm-vm/pid
	must renice 19 "$vm"
	sh -c 'kill -STOP $$; while :; do :; done' &
	hog=$!
	trap 'unmap_end $?' EXIT
	wait_for 20 hog_is_stopped || give_up "no other task"
	echo "p:over unmap_is_over" >$T/kprobe_events || give_up "no probe on unmap_is_over"
	echo 1 >$T/events/kprobes/enable
	run_on 2 $hog
	must renice -20 $hog
}
