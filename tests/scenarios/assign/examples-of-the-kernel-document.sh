# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-07 D-08"
DESCRIPTION="accept examples 1 and 2, refuse the one APQN of example 3 that is shared"
REQUIRES="module"

put $BUS/apmask 0x0
put $BUS/aqmask 0x0
mdev_create $U1 $U2
note "example 1"
assign $U1 adapter 1 2 domain 5 6
assign $U2 adapter 1 2 domain 7
expect "guest 1" "01.0005 01.0006 02.0005 02.0006" "$(matrix $U1)"
expect "guest 2" "01.0007 02.0007" "$(matrix $U2)"
unassign $U2 adapter 1 2 domain 7
note "example 2"
assign $U2 adapter 3 4 domain 5 6
expect "guest 2" "03.0005 03.0006 04.0005 04.0006" "$(matrix $U2)"
unassign $U2 adapter 3 4 domain 5 6
note "example 3"
assign $U2 adapter 1
refused EADDRINUSE $MATRIX/$U2/assign_domain 6
accepted $MATRIX/$U2/assign_domain 7
expect "guest 2" "01.0007" "$(matrix $U2)"
