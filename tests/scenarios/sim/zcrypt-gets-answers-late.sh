# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="answer after the set latency, with an interrupt for the host"
REQUIRES="none"

sim "queue latency 05.* 700000"
begun=$(uptime_cs)
serial=$(cat $BUS/devices/card05/serialnr)
spent=$(($(uptime_cs) - begun))
note "serial number $serial after $spent cs"
check "an answer" [ -n "$serial" ]
check "not before the latency is over" [ $spent -ge 70 ]
expect "interrupts of the queue that answered" irq=host "$(grep '^05.*taint=host' $SIM/queues |
	grep -o 'irq=[a-z]*' | sort -u)"
