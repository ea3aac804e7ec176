# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-12 I9"
DESCRIPTION="refuse an mdev to a second VM while a VM has it"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest one
vmm_start two
guest_vm two
vmm_expect EBUSY two attach $U1
guest_has one $U1 "05.0004"
vmm_end one
vmm_expect ok two attach $U1
guest_has two $U1 "05.0004"
