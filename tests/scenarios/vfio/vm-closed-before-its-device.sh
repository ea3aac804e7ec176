# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-1 K-13 R-04"
DESCRIPTION="clean up when the VM is closed before the device, and vice versa"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
for order in "closevm detach" "detach closevm"; do
	guest
	expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
	for one in $order; do
		vmm_expect ok vm "$one"
	done
	settle "status after $order" assigned status_of 05.0004
	vmm_end
done
guest
guest_has "05.0004"
