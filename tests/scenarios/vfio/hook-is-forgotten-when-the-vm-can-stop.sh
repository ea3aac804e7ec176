# SPDX-License-Identifier: GPL-2.0-only
# Before Linux 5.15 the module clears KVM's pointer to its hook while all vCPUs are stopped, which
# needs the lock of the VM, and tries that again every second. It keeps a reference to itself until
# then. The device is closed up to where the hook is dropped; then the VM is held.
SHOWS="I30 R-13"
DESCRIPTION="forget the hook of a closed device once its VM can be stopped, unless it was opened again"
REQUIRES="ours apvmm 5.10 two-cpus"
CPUS=2

. "$here/held.sh"
T=/sys/kernel/tracing
calls() { awk -v name="lab_$1" '$1 == name { print $2 }' $T/kprobe_profile; }
references() { cat /sys/module/vfio_ap/refcnt; }
executed() { said executed vm spin stat cpu=1; }

close_and_hold() {
	pause vap_compat_pqap_hook_drop 5000000
	vmm vm detach >$WORK/closed &
	closing=$!
	wait_for 20 pausing || give_up "the hook is not dropped"
	hold_by_ultravisor
	pause release
	wait $closing
	expect "close" ok "$(cut -c 1-2 $WORK/closed)"
	pause off
}

must insmod /lab/pause.ko
for function in stop_vcpus resume_vcpus; do
	echo "p:lab_$function $function" >>$T/kprobe_events || give_up "no probe on $function"
	echo 1 >$T/events/kprobes/lab_$function/enable
done
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
unused=$(references)
guest
guest_has "05.0004"

note "the VM cannot be stopped, and then it can"
must vmm vm spin start tapq apqn=05.0004 cpu=1
close_and_hold
tries=$(calls stop_vcpus)
tried_twice() { [ $(($(calls stop_vcpus) - tries)) -ge 2 ]; }
wait_for 20 tried_twice || fail "it is tried once only"
check "the module stays until then" [ "$(references)" -gt "$unused" ]
expect "AQIC without a device" 01 "$(said rc vm aqic on apqn=05.0004)"
release_by_ultravisor
settle "references to the module" "$unused" references
before=$(executed)
runs_on() { [ "$(executed)" -gt "$before" ]; }
wait_for 20 runs_on || fail "the vCPU does not run on"
vmm_expect ok vm spin stop cpu=1

note "the device is opened again when the module has already begun to stop the VM"
vmm_expect ok vm attach $U1 $guest_by
guest_has "05.0004"
close_and_hold
pause stop_vcpus 5000000
release_by_ultravisor
wait_for 20 pausing || give_up "it is not tried again"
vmm_expect ok vm attach $U1 $guest_by
resumed=$(calls resume_vcpus)
pause release
has_resumed() { [ "$(calls resume_vcpus)" -gt "$resumed" ]; }
wait_for 20 has_resumed || fail "the VM was not stopped"
pause off
guest_has "05.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
vmm_expect ok vm detach
settle "references to the module" "$unused" references
for function in stop_vcpus resume_vcpus; do
	echo 0 >$T/events/kprobes/lab_$function/enable
	echo "-:lab_$function" >>$T/kprobe_events
done
must rmmod pause
