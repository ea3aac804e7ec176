# SPDX-License-Identifier: GPL-2.0-only
# QEMU is stopped before its first instruction and driven by its monitor. After each verb the
# masks that KVM logged, the status of the queues and the simulator's log are compared.
SHOWS="T-13 T-14 T-15"
DESCRIPTION="keep a QEMU's queues through pause, reboot, detach, shutdown and another mdev"
REQUIRES="debian module"

# the verbs of tp-libvirt's robustness scripts, by QMP; what it checks inside of the
# guest is seen in KVM's CRYCB and in the queues' status
command() { qmp "{\"execute\":\"$1\"}" >/dev/null; }
has_it() { # AFTER-WHAT
	settle "the CRYCB after $1" "05.0004 05.0047" crycb_matrix qemu
	settle "status after $1" "in use" status_of 05.0047
}
vm_start() { qemu "$@"; }
vm_shutdown() {
	command quit
	wait $qemu_pid
	settle "status after shutdown" assigned status_of 05.0047
}
vm_destroy() {
	kill -9 $qemu_pid
	wait $qemu_pid 2>/dev/null
	settle "status after destroy" assigned status_of 05.0047
}
attach() {
	device_add ap0 $U1 | grep error && fail "device_add"
	has_it "attach"
}
detach() {
	qmp '{"execute":"device_del","arguments":{"id":"ap0"}}' >/dev/null
	settle "status after detach" assigned status_of 05.0047
	expect "the CRYCB after detach" "" "$(crycb_matrix qemu)"
}
state_is() { qmp '{"execute":"query-status"}' | grep -q "\"status\": \"$1\""; }
pause_and_resume() {
	command cont
	wait_for 10 state_is running || fail "it does not run"
	command stop
	wait_for 10 state_is paused || fail "it does not pause"
	has_it "pause"
	command cont
	wait_for 10 state_is running || fail "it does not go on"
	has_it "resume"
}
reboot() {
	sim_clear_log
	command system_reset
	wait_for 10 sim_did 'host pqap.zapq. 05.0047' >/dev/null || fail "no reset of 05.0047"
	has_it "reboot"
}

free_for_guests 5
must mdevctl define -p matrix -u $U1 --jsonfile "$(definition adapter 5 domain 4 0x47)"
must mdevctl start -u $U1

note "plugged into a machine that is there"
vm_start
attach
pause_and_resume
reboot
detach
attach
reboot
detach
note "another mdev, from the same definition"
must mdevctl stop -u $U1
must mdevctl start -u $U1
expect "the matrix" "05.0004 05.0047" "$(matrix)"
attach
vm_shutdown
vm_start
attach
vm_shutdown

note "there from the beginning"
for end in vm_shutdown vm_destroy; do
	vm_start -device vfio-ap,id=ap0,sysfsdev=$MATRIX/$U1
	has_it "start"
	reboot
	detach
	attach
	$end
done
must mdevctl stop -u $U1
must mdevctl undefine -u $U1
