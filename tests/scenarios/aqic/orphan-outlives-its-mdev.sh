# SPDX-License-Identifier: GPL-2.0-only
# The record of an interrupt that the hardware does not let go of refers to its VM, its queue and,
# while there is one, its mdev. Each of the three goes before it here. But VFIO of 5.10 removes an
# mdev only when no VM has its group any more: there the removal waits for the VM.
SHOWS="part-1 I11 I30 R-03"
DESCRIPTION="free page, GISC and VM of an interrupt that goes off after VMM, mdev and device are gone"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4 0x47
guest
read -r log <$WORK/vmm-vm.log
[ -e "$DBF/$log" ] || give_up "KVM keeps no log of $log: its end could not be seen"
vm_is_gone() { [ ! -e "$DBF/$log" ]; }
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0047 nib=0x3000)"

note "neither a reset nor a disable ends"
sim "queue stuck 05.* on"
sim "inject 05.* fc=aqic rc=05 count=0"
vmm_kill
vm_is_gone && fail "KVM has given up a VM whose interrupts are on"

note "the mdev goes"
{ mdev_remove; echo removed; } >$WORK/remove &
remover=$!
removed() { [ ! -e /proc/$remover ]; }
if kernel_from 6.1; then
	wait_for 20 removed || fail "its removal waits for the interrupts"
fi
expect "interrupts" "guest guest" "$(irq_of 05.0004) $(irq_of 05.0047)"
vm_is_gone && fail "KVM has given up a VM whose interrupts are on"

note "the device of one queue goes; its interrupts with it"
sim "queue stuck 05.0004 off"
settle "interrupts of the one that was zeroized" off irq_of 05.0004
vm_is_gone && fail "KVM has given up a VM one of whose interrupts is on"
sim "card del 5"
sim configchange
rescan
wait_for 20 vm_is_gone || fail "KVM still has the VM"
wait_for 20 removed || fail "the removal of the mdev waits for more than the VM"
expect "the removal" removed "$(cat $WORK/remove)"
sim "card add 5 type=cex8 mode=cca"
sim "queue stuck 05.* off; inject 05.* fc=aqic rc=00"
sim configchange
rescan
assign $U2 adapter 5 domain 4
settle "guest_matrix of another one" "05.0004" full_guest_matrix $U2
