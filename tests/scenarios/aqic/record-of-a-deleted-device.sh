# SPDX-License-Identifier: GPL-2.0-only
# The AP bus deletes the device of a queue that does not answer a scan, here once. (The first queue
# of a card is asked for the card's sake, too.) What the module has of its interrupts stays until
# the hardware has said that they are off, which nobody has asked it by then. The queue comes back
# with a new device, and its guest enables interrupts again, with another page. That the first page
# is unmapped must not disable them.
SHOWS="I11 I34"
DESCRIPTION="leave a queue's interrupts on when memory is unmapped that its deleted device had notified"
REQUIRES="ours apvmm"

aqics() { sim_count ' host pqap\[aqic\] 05.0047'; }
is_back() { [ "$(status_of 05.0047)" = "in use" ]; } 2>$WORK/error

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
guest_has "05.0004 05.0047"
vmm_expect ok vm mem unmap 0 0x1000000
vmm_expect ok vm mem map 0 0x100000
vmm_expect ok vm mem map 0x100000 0xf00000
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0047 nib=0x2000)"
sim "queue reset-latency 05.0047 1000000"
sim "inject 05.0047 fc=tapq rc=01"
sim configchange
dmesg | grep -q "05.0047: removed without successful reset" ||
	give_up "its device was not deleted with interrupts enabled"
sim "queue reset-latency 05.0047 0"
rescan
wait_for 20 is_back || give_up "its guest does not get it back"
guest_has "05.0004 05.0047"
expect "interrupts of the new device" off "$(irq_of 05.0047)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0047 nib=0x300000)"
sim_clear_log
vmm_expect ok vm mem unmap 0 0x100000
expect "instructions for it" 0 "$(aqics)"
expect "its interrupts" guest "$(irq_of 05.0047)"
vmm_end
settle "interrupts after the end of the VM" off irq_of 05.0047
