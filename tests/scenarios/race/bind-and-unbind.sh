# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I3 I5 I13 I30 I33 part-3"
DESCRIPTION="unbind and bind queues of two guests while their vCPUs use them"
REQUIRES="module live apvmm"
CPUS=2
SLOW=5

. "$here/race.sh"
# An unbind returns when the queue has been zeroized.
rebind() {
	unbind 05.0004
	race_clean 05.0004
	unbind 06.0047 &
	bind 05.0004
	wait $!
	bind 06.0047
}
sim "queue reset-latency 05.* 500000"
race_begin
race_for 12 rebind
race_end
