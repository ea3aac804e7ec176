# SPDX-License-Identifier: GPL-2.0-only
# The guest resets its queue itself, and until that is over the queue refuses AQIC
SHOWS="I11 I12"
DESCRIPTION="keep the page of a queue that the guest is resetting while its memory is unmapped"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
sim "queue stuck 05.0004 on"
expect "RAPQ of the guest" 00 "$(said rc vm rapq apqn=05.0004)"
note "its memory is unpinned: type 1 stops the kernel with BUG() if it is not"
vmm_expect ok vm mem unmap 0 0x1000000
expect "interrupts while the reset is in progress" guest "$(irq_of 05.0004)"
vmm_kill
expect "interrupts of the guest that is gone" guest "$(irq_of 05.0004)"
sim "queue stuck 05.0004 off"
settle "interrupts after the reset" off irq_of 05.0004
expect "findings" 0 "$(oracle findings)"
