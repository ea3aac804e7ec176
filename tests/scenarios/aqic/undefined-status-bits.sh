# SPDX-License-Identifier: GPL-2.0-only
# Once the pages and the VM were released, because TAPQ answered 05 with a status in which the
# interrupt bit was off. The bit is undefined then.
SHOWS="I11"
DESCRIPTION="not conclude that interrupts are off from a status whose response code does not define the bit"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
sim "queue irq-latency 05.0004 100000000"
sim "inject 05.0004 fc=tapq rc=05 count=0"
expect "AQIC off" 00 "$(said rc vm aqic off apqn=05.0004)"
sim "inject 05.0004 fc=tapq rc=00"
expect "interrupts, disabled but not off" guest "$(irq_of 05.0004)"
vmm_kill
expect "interrupts, while the VMM is gone" guest "$(irq_of 05.0004)"
expect "findings" 0 "$(oracle findings)"
sim "queue irq-latency 05.0004 0"
settle "interrupts in the end" off irq_of 05.0004
