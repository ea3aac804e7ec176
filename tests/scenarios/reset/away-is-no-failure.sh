# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C10! R-07 R-07t R-08 R-08t"
DESCRIPTION="reset a guest's device although one of its cards is deconfigured or checkstopped"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
sim "card config 5 off"
sim "card checkstop 6 on"
vmm_expect ok vm reset
guest_has "05.0004 06.0004"
sim "card config 5 on"
sim "card checkstop 6 off"
vmm_expect ok vm reset
guest_has "05.0004 06.0004"
expect "rc of TAPQ" 00 "$(said rc vm tapq apqn=05.0004)"
