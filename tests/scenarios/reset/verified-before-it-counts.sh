# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-11 R-11t"
DESCRIPTION="count a reset as complete only when TAPQ proves it"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
sim "queue reset-latency 05.0004 300000"
sim_clear_log
begun=$(uptime_cs)
vmm_expect ok vm reset
spent=$(($(uptime_cs) - begun))
note "took $spent cs"
[ $spent -ge 29 ] || fail "not waited for"
expect "the last TAPQ" rc=00 \
	"$(sim_did 'host pqap.tapq[^ ]* 05.0004' | tail -n 1 | grep -o 'rc=..')"
