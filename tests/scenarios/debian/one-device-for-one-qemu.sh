# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-18"
DESCRIPTION="refuse a second mdev for one QEMU, which keeps the queues of the first"
REQUIRES="debian module"

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
assign $U2 adapter 6 domain 4
qemu -device vfio-ap,id=ap0,sysfsdev=$MATRIX/$U1
said=$(device_add ap1 $U2)
echo "$said" | grep -q '"error"' || fail "device_add was taken: $said"
expect "the CRYCB" "05.0004" "$(crycb_matrix qemu)"
expect "the other mdev's queue" assigned "$(status_of 06.0004)"
qmp '{"execute":"quit"}' >/dev/null
wait $qemu_pid
