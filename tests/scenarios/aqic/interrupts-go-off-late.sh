# SPDX-License-Identifier: GPL-2.0-only
# The page of the NIB is kept as long as the hardware may write to it
SHOWS="I11 I12"
DESCRIPTION="keep the page of a queue whose interrupts stay enabled long after the disabling AQIC"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "interrupts" guest "$(irq_of 05.0004)"
sim "queue irq-latency 05.0004 100000000"
expect "AQIC off" 00 "$(said rc vm aqic off apqn=05.0004)"
expect "interrupts, disabled but not off" guest "$(irq_of 05.0004)"
note "its memory is unpinned: type 1 stops the kernel with BUG() if it is not"
vmm_expect ok vm mem unmap 0 0x1000000
expect "interrupts after the unmap" guest "$(irq_of 05.0004)"
vmm_kill
expect "interrupts without a VMM" guest "$(irq_of 05.0004)"
expect "findings" 0 "$(oracle findings)"
sim "queue irq-latency 05.0004 0"
settle "interrupts in the end" off irq_of 05.0004
