# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I5 I8 I30 I33 part-1 K-13"
DESCRIPTION="kill a VMM whose vCPUs use the queues, and give its mdev to the next guest at once"
REQUIRES="ours apvmm"
CPUS=2
SLOW=7

. "$here/race.sh"
kill_and_start() {
	vmm_kill one
	race_guest one $U1
}
race_begin
race_for 6 kill_and_start
race_end
