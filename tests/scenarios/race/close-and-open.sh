# SPDX-License-Identifier: GPL-2.0-only
# A pause where a record of an interrupt is freed: the work that frees such records runs meanwhile.
SHOWS="I8 I9 I30 I33 part-1"
DESCRIPTION="close and open the devices of two guests while their vCPUs use the queues"
REQUIRES="ours apvmm"
CPUS=2
SLOW=6

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
race_pause vfio_unpin_pages 5000
race_for 10 reopen_both
race_paused 10
race_end
