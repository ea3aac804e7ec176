# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-23"
DESCRIPTION="assign, list and unassign control domains 0, 5 and 255"
REQUIRES="module"

mdev_create
assign $U1 control_domain 255 0 0x5
expect "control_domains" "$(printf '0000\n0005\n00ff\n' | od -c)" \
	"$(od -c <$MATRIX/$U1/control_domains)"
expect "the matrix" "" "$(matrix)"
accepted $MATRIX/$U1/assign_control_domain 5
unassign $U1 control_domain 5
expect "after one left" "0000 00ff" "$(control_domains)"
accepted $MATRIX/$U1/unassign_control_domain 5
refused ENODEV $MATRIX/$U1/assign_control_domain 256
unassign $U1 control_domain 0 255
expect "after all left" "" "$(control_domains)"
