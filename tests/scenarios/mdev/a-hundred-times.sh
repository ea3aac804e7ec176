# SPDX-License-Identifier: GPL-2.0-only
# R-13t, R-17, I30
DESCRIPTION="create and remove an mdev a hundred times without memory growing"
REQUIRES="module"
CPUS=2

free_for_guests 5
config="$(mask 5),$(mask 4),$(mask)"
round() {
	put $TYPE/create $U1
	put $MATRIX/$U1/ap_config "$config"
	put $MATRIX/$U1/remove 1
}
kernel_memory() { awk '/^SUnreclaim/ { print $2 }' /proc/meminfo; }
for i in $(seq 10); do round; done
before=$(kernel_memory)
for i in $(seq 100); do round; done
after=$(kernel_memory)
note "unreclaimable slab: $before kB, then $after kB"
# 100 leaked mdevs would be more than 300 kB
[ $((after - before)) -lt 300 ] || fail "slab memory grew by $((after - before)) kB"
