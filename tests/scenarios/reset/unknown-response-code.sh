# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C3! R-12 R-12t I29"
DESCRIPTION="withhold a queue whose reset ended in an unknown code until one ends well"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
sim "queue resetfail 05.0004 42"
vmm_expect EIO vm reset
guest_has "06.0004"
sim "queue resetfail 05.0004 00"
wait_for 20 prints "05.0004 06.0004" full_guest_matrix
guest_has "05.0004 06.0004"
vmm_expect ok vm reset
