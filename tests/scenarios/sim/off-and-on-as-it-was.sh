# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="configure a card off and on, with and without loss of the data of its queues"
REQUIRES="none"

must insmod /lab/faulty.ko
unbind 05.0004
settle "interrupts without a driver" off irq_of 05.0004
put /sys/kernel/debug/faulty "aqic host 05.0004"
expect "interrupts" host "$(irq_of 05.0004)"
sim "card config 5 off keep"
grep -q '^05.0004.*state=deconfig' $SIM/queues || fail "it is not deconfigured"
sim "card config 5 on"
expect "interrupts, kept" host "$(irq_of 05.0004)"
sim "card config 5 off;card config 5 on"
expect "interrupts, not kept" off "$(irq_of 05.0004)"
refused EINVAL $SIM/control "card config 5 on please"
must rmmod faulty
# the other queues have lost their interrupts unseen: the bus initializes them after an outage that
# it sees
sim "card config 5 off;configchange"
sim "card config 5 on;configchange"
