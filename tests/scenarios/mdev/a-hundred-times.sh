# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-13 R-13t R-17 I30"
DESCRIPTION="create and remove an mdev hundreds of times, with guests, without a growth of memory"
REQUIRES="module apvmm no-checkers"
CPUS=2
SLOW=18

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
# What kmalloc() gave and KVM's vCPUs, in kB. Other caches hold this scenario's own files, and
# vmalloc() areas that the kernel frees later. With KASAN all of them hold what was freed.
kernel_memory() {
	awk '$1 ~ /^(kmalloc-|kvm_vcpu)/ { sum += $2 * $4 } END { print int(sum / 1024) }' \
		/proc/slabinfo
}
# left_less_than KB: what is freed after a grace period may be counted yet on a busy machine
left_less_than() {
	after=$(kernel_memory)
	[ $((after - before)) -lt "$1" ]
}
# grows ROUNDS ROUND MOST: by less than so many kB, after a start
grows() {
	for i in $(seq 10); do $2; done
	before=$(kernel_memory)
	for i in $(seq "$1"); do $2; done
	check "$1 times $2: less than $3 kB are left" wait_for 10 left_less_than "$3"
	note "$1 times $2, allocated: $before kB, then $after kB"
}
# less than an mdev each, and then less than a VM with its vCPU each (more than 16 kB)
grows 400 round 160
grows 40 guest_round 320
expect "references of vfio_ap" 0 "$(cat /sys/module/vfio_ap/refcnt)"

note "a text is freed once it was read to its end"
uuids=
for i in $(seq 100); do
	read -r uuid </proc/sys/kernel/random/uuid
	put $TYPE/create "$uuid"
	uuids="$uuids $uuid"
done
before=$(kernel_memory)
for uuid in $uuids; do
	cat $MATRIX/"$uuid"/matrix >/dev/null
	cat $MATRIX/"$uuid"/matrix >/dev/null
done
check "less than 200 kB are left" wait_for 10 left_less_than 200
note "200 texts of 2 kB, allocated: $before kB, then $after kB"
for uuid in $uuids; do
	put $MATRIX/"$uuid"/remove 1
done
