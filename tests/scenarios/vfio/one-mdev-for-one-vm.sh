# SPDX-License-Identifier: GPL-2.0-only
# Mainline replaces the VM's hook before it finds out that the VM has an mdev already, and leaves
# it: the guest's AQIC then goes to the mdev that was refused, even when that is removed. Upstream
# commit 4400270ec034; 6.1 and 6.12 have the fault.
SHOWS="C18!6.12 D-18 I9"
DESCRIPTION="refuse a second mdev for a VM, and leave the first one whole"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
assign $U2 adapter 6 domain 4
guest
changes=$(crycb_changes)
vmm_expect EPERM vm attach $U2
[ "$LAB_MODULE" != ours ] || check "the log names the mdev that the VM has" \
	sh -c "dmesg | grep -q '$U2: The VM may have one mdev only, and has $U1'"
guest_has "05.0004"
expect "changes of the CRYCB" $changes "$(crycb_changes)"
expect "the other mdev's queue" assigned "$(status_of 06.0004)"
mdev_remove $U2
expect "AQIC in the guest" 00 "$(said rc vm aqic on apqn=05.0004)"
