# SPDX-License-Identifier: GPL-2.0-only
# How long an unmap takes must not matter.
SHOWS="I11 I12 I32"
DESCRIPTION="refuse interrupts in memory until the task that unmaps it returns to user space"
REQUIRES="ours apvmm two-cpus"
CPUS=2

. "$here/unmap.sh"
unmap_begin
unmap
expect "AQIC during the unmap" 05 "$(aqic_on 0x300010)"
for nib in 0x2ff010 0x400010; do
	expect "AQIC with NIB $nib, in other memory" 00 "$(aqic_on $nib)"
	must vmm vm aqic off apqn=05.0004
	settle "interrupts" off irq_of 05.0004
done
unmapped
expect "AQIC after the unmap" 06 "$(aqic_on 0x300010)"
must vmm vm mem map 0x300000 0x100000
expect "AQIC after the memory was mapped again" 00 "$(aqic_on 0x300010)"
must rmmod pause
