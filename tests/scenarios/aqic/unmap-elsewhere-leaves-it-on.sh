# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C12 R-31 R-31t I12"
DESCRIPTION="keep interrupts enabled when other memory is unmapped, disable them when the NIB's page is"
REQUIRES="ours apvmm"
CPUS=2

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
vmm_start
guest_vm vm
must vmm vm attach $U1 chunk=0x100000 $guest_by
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004 nib=0x300010)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0047 nib=0x600010)"
sim_clear_log
vmm_expect ok vm mem unmap 0 0x100000
vmm_expect ok vm mem unmap 0x500000 0x100000
expect "interrupts" "empty,irq" "$(said status vm tapq apqn=05.0004)"
expect "AQICs on the host meanwhile" 0 "$(sim_count 'host pqap\[aqic\]')"
vmm_expect ok vm mem unmap 0x600000 0x100000
expect "interrupts of the other queue" "empty,noirq" "$(said status vm tapq apqn=05.0047)"
expect "interrupts" "empty,irq" "$(said status vm tapq apqn=05.0004)"
vmm_expect ok vm mem unmap 0x300000 0x100000
expect "interrupts" "empty,noirq" "$(said status vm tapq apqn=05.0004)"
expect "AQIC with a NIB in other memory, meanwhile" 00 \
	"$(said rc vm aqic on apqn=05.0047 nib=0x700010)"
expect "AQIC with a NIB that is not mapped" 06 "$(said rc vm aqic on apqn=05.0004 nib=0x300010)"
