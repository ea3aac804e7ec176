# SPDX-License-Identifier: GPL-2.0-only
# vfio_ap takes a reset for done when TAPQ gives rc 00 and the status says that the queue is empty.
SHOWS=""
DESCRIPTION="answer rc 00 after a reset before the queue is empty"
REQUIRES="none"

last() {
	sim_did 'host pqap.tapq. 05.0004' | tail -n 1 | grep -oE 'rc=..|gr1=.*' | words /dev/stdin
}
tapq() {
	write /sys/kernel/debug/faulty "tapq 05.0004"
	last
}
must insmod /lab/faulty.ko
unbind 05.0004
sim "queue reset-latency 05.0004 0"
settle "TAPQ before" "rc=00 gr1=0000000080000000" tapq
sim "queue drain-latency 05.0004 3000000"
put /sys/kernel/debug/faulty "zapq 05.0004"
expect "TAPQ when the reset has completed" "rc=00 gr1=0000000000000000" "$(tapq)"
settle "TAPQ later" "rc=00 gr1=0000000080000000" tapq
must rmmod faulty
