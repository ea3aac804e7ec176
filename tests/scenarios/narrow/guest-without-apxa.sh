# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="give a guest its queues on a machine without APXA"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 10
guest
expect "guest_matrix" "05.0004 05.000a" "$(guest_matrix)"
expect "rc of TAPQ" 00 "$(said rc vm tapq apqn=05.000a)"
expect "rc of TAPQ elsewhere" 01 "$(said rc vm tapq apqn=01.0004)"
