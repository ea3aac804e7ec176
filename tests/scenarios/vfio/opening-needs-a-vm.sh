# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-03 K-10 I8"
DESCRIPTION="refuse to open a device of a group without a VM, and one that does not exist"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
vmm_start
guest_vm vm
vmm_expect EINVAL vm attach $U1 nokvm
expect "the queue's status" assigned "$(status_of 05.0004)"
expect "the CRYCB" "" "$(crycb_matrix)"
must vmm vm attach $U1
vmm_expect ENODEV vm open nonsense
guest_has "05.0004"
