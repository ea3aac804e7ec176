# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-03 R-25"
DESCRIPTION="let QEMU unplug the device on request when the mdev is removed"
REQUIRES="debian module"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
qemu -device vfio-ap,id=ap0,sysfsdev=$MATRIX/$U1
expect "the CRYCB" "05.0004" "$(crycb_matrix qemu)"
begun=$(uptime_cs)
accepted $MATRIX/$U1/remove 1
note "remove took $(($(uptime_cs) - begun)) cs"
[ ! -e $MATRIX/$U1 ] || fail "the mdev is still there"
expect "the CRYCB" "" "$(crycb_matrix qemu)"
expect "the queue's status" unassigned "$(status_of 05.0004)"
qmp '{"execute":"query-status"}' | grep -q prelaunch || fail "QEMU has not survived it"
qmp '{"execute":"quit"}' >/dev/null
wait $qemu_pid
