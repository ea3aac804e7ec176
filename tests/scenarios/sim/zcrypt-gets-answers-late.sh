# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="answer after the latency that was set, by an interrupt of the host"
REQUIRES="none"

sim "queue latency 05.* 700000"
begun=$(uptime_cs)
serial=$(cat $BUS/devices/card05/serialnr)
spent=$(($(uptime_cs) - begun))
note "serial number $serial after $spent cs"
[ -n "$serial" ] || fail "no answer"
[ $spent -ge 70 ] || fail "too early"
[ $spent -lt 500 ] || fail "too late: no interrupt?"
