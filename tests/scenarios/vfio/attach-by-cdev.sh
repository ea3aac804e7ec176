# SPDX-License-Identifier: GPL-2.0-only
# No kernel of Debian has iommufd; that of lab/run --debug has.
SHOWS="K-09"
DESCRIPTION="attach an mdev by its own device file and iommufd, where the kernel has them"
REQUIRES="module apvmm iommufd"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
vmm_start
guest_vm vm
vmm_expect ok vm attach $U1 cdev
guest_has "05.0004"
assign $U1 domain 0x47
guest_has "05.0004 05.0047"
note "memory that iommufd maps is pinned for interrupts"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
expect "an interrupt" 0 "$(said cc vm waitirq timeout=5000)"
vmm_expect ok vm detach
expect "the driver's word" assigned "$(status_of 05.0004)"
vmm_expect ok vm attach $U1 cdev
guest_has "05.0004 05.0047"
vmm_expect ok vm detach
vmm_expect ok vm attach $U1
guest_has "05.0004 05.0047"
