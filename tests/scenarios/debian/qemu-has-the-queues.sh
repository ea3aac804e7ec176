# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-01"
DESCRIPTION="start QEMU with an mdev, reset it, unplug and plug the device, and quit"
REQUIRES="debian module"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
qemu -device vfio-ap,id=ap0,sysfsdev=$MATRIX/$U1
expect "the CRYCB" "05.0004 05.0047" "$(crycb_matrix qemu)"
expect "the queue's status" "in use" "$(status_of 05.0004)"
sim_clear_log
qmp '{"execute":"system_reset"}' >/dev/null
wait_for 5 sim_did 'host pqap.zapq. 05.0047' >/dev/null || fail "no reset of 05.0047"
expect "the CRYCB after a reset" "05.0004 05.0047" "$(crycb_matrix qemu)"
unassign $U1 domain 0x47
settle "the CRYCB after an unplug of a domain" "05.0004" crycb_matrix qemu
qmp '{"execute":"device_del","arguments":{"id":"ap0"}}' >/dev/null
settle "the queue's status after device_del" assigned status_of 05.0004
expect "the CRYCB after device_del" "" "$(crycb_matrix qemu)"
device_add ap1 $U1 | grep error && fail "device_add"
settle "the CRYCB after device_add" "05.0004" crycb_matrix qemu
qmp '{"execute":"quit"}' >/dev/null
wait $qemu_pid
expect "QEMU's status" 0 $?
settle "the queue's status at the end" assigned status_of 05.0004
