# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C2~ I27"
DESCRIPTION="leave nothing pinned after an AQIC that the queue answered with busy"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
for rc in 05 02 06 03 04 08; do
	sim "inject 05.0004 fc=aqic rc=$rc count=1"
	expect "the guest's response code for $rc" "$rc" "$(said rc vm aqic on apqn=05.0004)"
done
vmm_expect ok vm mem unmap 0 0x1000000
expect "interrupts" irq=off "$(grep '^05.0004' $SIM/queues | grep -o 'irq=[a-z]*')"

note "nor any record of it: the module warns of those when it is unloaded"
vmm_end
mdev_remove
must rmmod vfio_ap
must insmod /lab/vfio_ap.ko
