# SPDX-License-Identifier: GPL-2.0-only
# The bits of the AP queue status are defined with the response codes that say that the queue was
# looked at. Here the others come with the opposite of the truth.
SHOWS=""
DESCRIPTION="set meaningless status bits with a response code that does not define them"
REQUIRES="none"

status() {
	write /sys/kernel/debug/faulty "tapq 05.0004"
	sim_did 'host pqap.tapq. 05.0004' | tail -n 1 | sed 's/.*gr1=0*//'
}
must insmod /lab/faulty.ko
unbind 05.0004
settle "normal" 80000000 status
sim "queue busy 05.0004 on"
expect "busy" 61050000 "$(status)"
sim "queue busy 05.0004 off;card checkstop 5 on"
expect "checkstopped" 61040000 "$(status)"
sim "card checkstop 5 off;card config 5 off"
expect "deconfigured" 61030000 "$(status)"
sim "card config 5 on"
expect "normal again" 80000000 "$(status)"
must rmmod faulty
# the other queues have lost their interrupts unseen: the bus initializes them after an outage that
# it sees
sim "card config 5 off;configchange"
sim "card config 5 on;configchange"
