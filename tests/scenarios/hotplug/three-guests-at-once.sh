# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-06 I2"
DESCRIPTION="run the three guests of the kernel document side by side, with disjoint masks"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create $U1 $U2 $U3
assign $U1 adapter 5 6 domain 4 0xab
assign $U2 adapter 5 domain 0x47 0xff
assign $U3 adapter 6 domain 0x47 0xff
guest g1 $U1
guest g2 $U2
guest g3 $U3
guest_has g1 $U1 "05.0004 05.00ab 06.0004 06.00ab"
guest_has g2 $U2 "05.0047 05.00ff"
guest_has g3 $U3 "06.0047 06.00ff"
expect "guest 2 in a queue of guest 1" 01 "$(said rc g2 tapq apqn=05.0004)"
expect "guest 2 in a queue of its own" 00 "$(said rc g2 tapq apqn=05.0047)"
unassign $U1 domain 0xab
assign $U2 domain 0xab
guest_has g1 $U1 "05.0004 06.0004"
guest_has g2 $U2 "05.0047 05.00ab 05.00ff"
vmm_end g1
guest_has g3 $U3 "06.0047 06.00ff"
