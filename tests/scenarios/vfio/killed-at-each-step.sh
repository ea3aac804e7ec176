# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-13 I5 I11 I30"
DESCRIPTION="clean up after a VMM that is killed, whatever it was doing"
REQUIRES="ours apvmm"

free_for_guests 5
queue() { sed -n 's/^05.0004 .*irq=\([a-z]*\).*taint=\([a-z]*\).*/\1 \2/p' $SIM/queues; }
is_being_reset() { grep -q '^05.0004 .*state=reset' $SIM/queues; }
vm_is_gone() { [ ! -e "$DBF/$log" ]; }
begin() {
	mdev_create
	assign $U1 adapter 5 domain 4 0x47
	vmm_start
	guest_vm vm
	read -r log <$WORK/vmm-vm.log
	[ -e "$DBF/$log" ] || give_up "KVM keeps no log of $log: its end could not be seen"
}
open() {
	begin
	must vmm vm attach $U1 $guest_by
	settle "guest_matrix" "05.0004 05.0047" full_guest_matrix
}
# killed WHAT: nothing of it is left
killed() {
	vmm_kill
	settle "05.0004, after it was killed $1" "off none" queue
	settle "status" assigned status_of 05.0004
	wait_for 20 vm_is_gone || fail "KVM still has the VM that was killed $1"
	mdev_remove
}

begin
killed "before it opened the device"

open
killed "before its guest ran"

open
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
killed "with interrupts on"

open
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
killed "with a message in the queue"

open
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
sim "queue irq-latency 05.0004 300000"
expect "AQIC off" 00 "$(said rc vm aqic off apqn=05.0004)"
killed "with interrupts going off"
sim "queue default 05.*"

open
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
sim "queue stuck 05.* on"
{ vmm vm reset >$WORK/reset; } &
wait_for 10 is_being_reset || fail "no reset"
kill -9 "$(cat $WORK/vmm-vm/pid)"
sim "queue stuck 05.* off"
killed "during a reset"

open
hold_vm
{ write $MATRIX/$U1/unassign_domain 0x47; } &
writer=$!
wait_for 10 prints "05.0004" matrix
killed "with an update of its masks under way"
wait $writer

open
echo 1 >$MATRIX/$U1/remove &
remover=$!
asked() { dmesg | grep -q "No device request registered"; }
wait_for 10 asked || fail "removal does not wait"
vmm_kill
wait $remover
expect "status of remove" 0 $?
[ ! -e $MATRIX/$U1 ] || fail "the mdev is still there"
settle "05.0004, after it was killed when the mdev was being removed" "off none" queue
settle "status" unassigned status_of 05.0004
