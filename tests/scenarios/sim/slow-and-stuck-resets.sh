# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="complete a reset after the set latency, or never while the queue is stuck"
REQUIRES="none"

state() { grep "^$1" $SIM/queues | grep -o 'state=[a-z]*'; }
sim "queue reset-latency 05.0004 4000000"
sim "queue stuck 05.0047 on"
unbind 05.0004
unbind 05.0047
expect "a slow reset" state=reset "$(state 05.0004)"
expect "a stuck one" state=reset "$(state 05.0047)"
settle "the slow one, later" state=ok state 05.0004
expect "the stuck one still" state=reset "$(state 05.0047)"
sim "queue stuck 05.0047 off"
settle "the stuck one, set free" state=ok state 05.0047
