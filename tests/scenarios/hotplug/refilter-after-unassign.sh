# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-7 A2! I15 I16"
DESCRIPTION="give an adapter to the guest once the domain whose queue withheld it is unassigned"
REQUIRES="ours apvmm"

free_for_guests 5,6
unbind 05.0047
mdev_create
assign $U1 adapter 5 6 domain 4 0x47
guest
guest_has "06.0004 06.0047"
unassign $U1 domain 0x47
guest_has "05.0004 06.0004"
bind 05.0047
guest_has "05.0004 06.0004"
