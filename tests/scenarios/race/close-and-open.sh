# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I8 I9 I30 I33 part-1"
DESCRIPTION="close and open the devices of two guests while their vCPUs use the queues"
REQUIRES="ours apvmm"
CPUS=2

. "$here/race.sh"
reopen() { # NAME UUID
	vmm_expect ok "$1" detach
	vmm_expect ok "$1" attach "$2" $guest_by
}
reopen_both() {
	reopen two $U2 &
	reopen one $U1
	wait $!
}
race_begin
race_for 10 reopen_both
race_end
