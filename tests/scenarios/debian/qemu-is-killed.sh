# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-1 K-13"
DESCRIPTION="clean up after a QEMU that was killed"
REQUIRES="debian module"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
qemu -device vfio-ap,id=ap0,sysfsdev=$MATRIX/$U1
expect "the queue's status" "in use" "$(status_of 05.0004)"
sim_clear_log
kill -9 $qemu_pid
wait $qemu_pid 2>/dev/null
settle "the queue's status" assigned status_of 05.0004
sim_did 'host pqap.zapq. 05.0004' >/dev/null || fail "no reset of 05.0004"
mdev_remove
