# SPDX-License-Identifier: GPL-2.0-only
# R-07t, R-08t, C10
DESCRIPTION="pass a deconfigured and a checkstopped card to the guest, without a warning"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
sim "card config 5 off"
sim "card checkstop 6 on"
rescan
guest
guest_has "05.0004 06.0004"
expect "rc of TAPQ on the first" 03 "$(said rc vm tapq apqn=05.0004)"
expect "rc of TAPQ on the second" 04 "$(said rc vm tapq apqn=06.0004)"
sim "card config 5 on"
sim "card checkstop 6 off"
rescan
guest_has "05.0004 06.0004"
expect "rc of TAPQ, configured again" 00 "$(said rc vm tapq apqn=05.0004)"
