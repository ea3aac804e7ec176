# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-19"
DESCRIPTION="reserve only 01.001b for the host"
REQUIRES="module"

put $BUS/apmask 0x4000000000000000000000000000000000000000000000000000000000000000
put $BUS/aqmask 0x0000001000000000000000000000000000000000000000000000000000000000
expect "apmask" "$(mask 1)" "$(cat $BUS/apmask)"
expect "aqmask" "$(mask 0x1b)" "$(cat $BUS/aqmask)"
mdev_create $U1 $U2
assign $U1 adapter 1
refused EADDRNOTAVAIL $MATRIX/$U1/assign_domain 0x1b
assign $U2 adapter 0
accepted $MATRIX/$U2/assign_domain 0x1b
expect "the matrix" "00.001b" "$(matrix $U2)"
