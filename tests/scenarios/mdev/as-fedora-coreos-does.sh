# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-18"
DESCRIPTION="support Fedora CoreOS's script: masks 0x0, a fixed UUID, compare the matrix"
REQUIRES="module"

uuid=68cd2d83-3eef-4e45-b22c-534f90b16cb9
put $BUS/apmask 0x0
put $BUS/aqmask 0x0
mdev_create $uuid
assign $uuid adapter 0x05 domain 0x0047
expect "the matrix" "05.0047" "$(cat $MATRIX/$uuid/matrix)"
check "a group in /dev/vfio" eval 'ls /dev/vfio/[0-9]* >/dev/null'
