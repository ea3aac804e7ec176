# SPDX-License-Identifier: GPL-2.0-only
# The kernel says of rc 35 and 36: all further AP instructions end with them until the queue is
# reset.
SHOWS=""
DESCRIPTION="answer each instruction with a set response code until the queue has been reset"
REQUIRES="none"

codes() {
	sim_did 'host pqap.*05.0004' | sed -n 's/.*pqap.\(....\). .* rc=\(..\).*/\1:\2/p' |
		words /dev/stdin
}
tapq() {
	sim_clear_log
	write /sys/kernel/debug/faulty "tapq 05.0004"
	codes
}
scan_every 120	# no scan of the AP bus gets one of the codes
must insmod /lab/faulty.ko
unbind 05.0004
sim "queue reset-latency 05.0004 0"
settle "before" tapq:00 tapq
sim "inject 05.0004 fc=all rc=36 until=reset"
sim_clear_log
for insn in "tapq 05.0004" "aqic host 05.0004" "tapq 05.0004"; do
	refused EIO /sys/kernel/debug/faulty "$insn"
done
put /sys/kernel/debug/faulty "rapq 05.0004"
put /sys/kernel/debug/faulty "tapq 05.0004"
expect "codes" "tapq:36 aqic:36 tapq:36 rapq:00 tapq:00" "$(codes)"
sim "inject 05.0004 fc=tapq rc=04 after=1 count=2"
sim_clear_log
for turn in 1 2 3 4; do
	write /sys/kernel/debug/faulty "tapq 05.0004"
done
expect "a code that passes" "tapq:00 tapq:04 tapq:04 tapq:00" "$(codes)"
must rmmod faulty
