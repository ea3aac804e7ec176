# SPDX-License-Identifier: GPL-2.0-only
# Each instruction for a queue takes 10 ms, so the last of eight queues whose resets do not end is
# often unbound while the worker looks at the others. It may belong to another driver then.
SHOWS="I5 I10"
DESCRIPTION="issue no instruction for a queue that is unbound while the worker looks at others"
REQUIRES="ours"
CPUS=2
SLOW=7

free_for_guests 5,6
sim "queue stuck 05.* on; queue stuck 06.* on"
sim "queue insn-latency 05.* 10000; queue insn-latency 06.* 10000"
for queue in 05.0004 05.0047 05.00ab 05.00ff 06.0004 06.0047 06.00ab 06.00ff; do
	unbind $queue
	bind $queue
done
# looks_at APQN: by the module. The AP bus asks with the T bit.
looks_at() { sim_count " host pqap\[(tapq|zapq)\] $1"; }
looked_at_the_first() { [ "$(looks_at 05.0004)" -ge 3 ]; }
for round in 1 2 3 4 5 6 7 8; do
	sim_clear_log
	wait_for 20 looked_at_the_first || give_up "the worker does not look"
	unbind 06.00ff
	sim_clear_log
	wait_for 20 looked_at_the_first || give_up "the worker does not look any more"
	expect "instructions for it, round $round" 0 "$(looks_at 06.00ff)"
	bind 06.00ff
done
sim "queue stuck 05.* off; queue stuck 06.* off"
sim "queue insn-latency 05.* 0; queue insn-latency 06.* 0"
