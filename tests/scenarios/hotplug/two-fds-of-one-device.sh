# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-11 R-16"
DESCRIPTION="keep the guest's queues until the last of two file descriptors of the device is closed"
REQUIRES="module apvmm"

[ "$guest_by" != cdev ] || skip "with lockdep guests have no group to open a second one from"
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
must vmm vm open
changes=$(crycb_changes)
vmm_expect ok vm close dev=0
guest_has "05.0004"
expect "changes of the CRYCB" $changes "$(crycb_changes)"
vmm_expect ok vm reset dev=1
guest_has "05.0004"
vmm_expect ok vm close dev=1
expect "the CRYCB at the end" "" "$(crycb_matrix)"
settle "the queue's status" assigned status_of 05.0004
