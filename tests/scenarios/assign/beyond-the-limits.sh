# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-09 I23"
DESCRIPTION="refuse ids beyond the machine's limits with ENODEV, to assign and to unassign"
REQUIRES="module"

mdev_create
for word in adapter domain control_domain; do
	for verb in assign unassign; do
		refused ENODEV $MATRIX/$U1/${verb}_$word 256
		refused ENODEV $MATRIX/$U1/${verb}_$word 0x100
		refused ENODEV $MATRIX/$U1/${verb}_$word 18446744073709551615
	done
done
put $BUS/apmask 0x0
accepted $MATRIX/$U1/assign_adapter 255
accepted $MATRIX/$U1/assign_domain 255
expect "the matrix" "ff.00ff" "$(matrix)"
