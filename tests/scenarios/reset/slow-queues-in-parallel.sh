# SPDX-License-Identifier: GPL-2.0-only
SHOWS="P4 R-10 R-10t"
DESCRIPTION="wait for eight slow resets at once, not for one after the other"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4 0x47 0xab 0xff
guest
sim "queue reset-latency 05.* 500000"
sim "queue reset-latency 06.* 500000"
begun=$(uptime_cs)
vmm_expect ok vm reset
spent=$(($(uptime_cs) - begun))
sim "queue reset-latency * 0"
note "eight resets of 0.5 s took $spent cs"
[ $spent -lt 200 ] || fail "they were waited for one by one"
[ $spent -ge 45 ] || fail "they were not waited for"
guest_has "05.0004 05.0047 05.00ab 05.00ff 06.0004 06.0047 06.00ab 06.00ff"
