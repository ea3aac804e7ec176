# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I5 I8 I26 I30 I33"
DESCRIPTION="remove and create an mdev whose guest runs and closes the device when asked"
REQUIRES="ours apvmm"
CPUS=2
SLOW=8

. "$here/race.sh"
remove_and_create() {
	must vmm one setirq 0 eventfd
	echo 1 >$MATRIX/$U1/remove &
	vmm_expect ok one evt 0 timeout=60000
	vmm_expect ok one detach
	wait $!
	expect "remove, round $race_round" 0 $?
	mdev_create $U1
	assign $U1 adapter 5 domain 4 0x47
	vmm_expect ok one attach $U1 $guest_by
}
race_begin
race_for 8 remove_and_create
race_end
