# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-05"
DESCRIPTION="create the matrices of Guest1, Guest2 and Guest3 of the kernel document"
REQUIRES="module"

free_for_guests 5,6 4,0x47,0xab,0xff
mdev_create $U1 $U2 $U3
assign $U1 adapter 5 6 domain 4 0xab
assign $U2 adapter 5 domain 0x47 0xff
assign $U3 adapter 6 domain 0x47 0xff
expect "guest 1" "05.0004 05.00ab 06.0004 06.00ab" "$(matrix $U1)"
expect "guest 2" "05.0047 05.00ff" "$(matrix $U2)"
expect "guest 3" "06.0047 06.00ff" "$(matrix $U3)"
refused EADDRINUSE $MATRIX/$U1/assign_domain 0x47
expect "guest 1 after a refusal" "05.0004 05.00ab 06.0004 06.00ab" "$(matrix $U1)"
