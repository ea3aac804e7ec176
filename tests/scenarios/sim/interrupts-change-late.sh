# SPDX-License-Identifier: GPL-2.0-only
# The AP bus polls TAPQ after AQIC until the state has changed, and vfio_ap waits for the end of
# interrupts after it has disabled them, or after a reset.
SHOWS=""
DESCRIPTION="change the interrupt state some time after AQIC or a reset, and not at once"
REQUIRES="none"

codes() { sim_did "host pqap.$1. 05.0004" | sed -n 's/.* rc=\(..\).*/\1/p' | words /dev/stdin; }
must insmod /lab/faulty.ko
unbind 05.0004
settle "interrupts without a driver" off irq_of 05.0004
sim "queue irq-latency 05.0004 100000000"
sim_clear_log
put /sys/kernel/debug/faulty "aqic host 05.0004"
expect "interrupts when AQIC has ended" off "$(irq_of 05.0004)"
refused EIO /sys/kernel/debug/faulty "aqic host 05.0004"
expect "AQIC: accepted, then being changed" "00 07" "$(codes aqic)"
sim "queue irq-latency 05.0004 0"
expect "interrupts later" host "$(irq_of 05.0004)"
sim "queue irq-latency 05.0004 100000000"
sim "queue reset-latency 05.0004 0"
put /sys/kernel/debug/faulty "rapq 05.0004"
put /sys/kernel/debug/faulty "tapq 05.0004"
expect "TAPQ after the reset" 00 "$(codes tapq)"
expect "interrupts when the reset has completed" host "$(irq_of 05.0004)"
sim "queue irq-latency 05.0004 0"
expect "interrupts later" off "$(irq_of 05.0004)"
must rmmod faulty
