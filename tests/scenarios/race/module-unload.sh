# SPDX-License-Identifier: GPL-2.0-only
# While an mdev is open, the module cannot go. It goes as soon as the last one is closed; the
# vCPUs run on without it.
SHOWS="I8 I30 I31 I33 R-13"
DESCRIPTION="unload the module when two guests have closed their devices and their vCPUs run on"
REQUIRES="ours apvmm"
CPUS=2
SLOW=7

. "$here/race.sh"
unload() { until rmmod vfio_ap 2>$WORK/rmmod; do :; done; }
reload() {
	read -r open </sys/module/vfio_ap/refcnt
	# one for each device at least; older kernels take more, and one while the hook runs
	check "references to the module, round $race_round: $open" [ $((open - race_vfio_ap)) -ge 2 ]
	unload &
	vmm_expect ok one detach
	vmm_expect ok two detach
	wait $!
	[ ! -e $MATRIX ] || fail "round $race_round: $MATRIX is still there"
	must insmod /lab/vfio_ap.ko
	mdev_create $U1 $U2
	assign $U1 adapter 5 domain 4 0x47
	assign $U2 adapter 6 domain 4 0x47
	vmm_expect ok one attach $U1 $guest_by
	vmm_expect ok two attach $U2 $guest_by
}
race_begin
race_for 4 reload
race_end
