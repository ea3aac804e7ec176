# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-13 R-13t R-17 I30"
DESCRIPTION="create and remove an mdev hundreds of times, with guests, without a growth of memory"
REQUIRES="module apvmm"
CPUS=2

free_for_guests 5
config="$(mask 5),$(mask 4),$(mask)"
create() {
	put $TYPE/create $U1
	put $MATRIX/$U1/ap_config "$config"
}
round() {
	create
	put $MATRIX/$U1/remove 1
}
guest_round() {
	create
	guest
	[ "$(said rc vm aqic on apqn=05.0004)" = 00 ] || fail "AQIC on"
	vmm_end
	put $MATRIX/$U1/remove 1
}
kernel_memory() { awk '/^SUnreclaim/ { print $2 }' /proc/meminfo; }
# grows ROUNDS ROUND MOST: by less than so many kB, after a start
grows() {
	for i in $(seq 10); do $2; done
	before=$(kernel_memory)
	for i in $(seq "$1"); do $2; done
	after=$(kernel_memory)
	note "$1 times $2, unreclaimable slab: $before kB, then $after kB"
	check "$1 times $2: less than $3 kB are left" [ $((after - before)) -lt "$3" ]
}
# less than an mdev each, and then less than a VM each
grows 400 round 160
grows 20 guest_round 160
expect "references of vfio_ap" 0 "$(cat /sys/module/vfio_ap/refcnt)"
