# SPDX-License-Identifier: GPL-2.0-only
# R-13t, I30
DESCRIPTION="create and remove an mdev two hundred times without memory growing"
REQUIRES="module"

free_for_guests 5
round() {
	put $TYPE/create $U1
	put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4),$(mask)"
	put $MATRIX/$U1/remove 1
}
kernel_memory() { awk '/^SUnreclaim/ { print $2 }' /proc/meminfo; }
for i in $(seq 20); do round; done
before=$(kernel_memory)
for i in $(seq 200); do round; done
after=$(kernel_memory)
note "unreclaimable slab: $before kB, then $after kB"
# 200 leaked mdevs would be more than 600 kB
[ $((after - before)) -lt 600 ] || fail "slab memory grew by $((after - before)) kB"
