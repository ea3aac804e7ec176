# SPDX-License-Identifier: GPL-2.0-only
# A module cannot refuse to be unloaded once nobody uses it, so rmmod waits, as an unbind does.
# (On 5.10 the removal of the mdev waits for the VM, so there nobody can unload.)
SHOWS="part-1 I8 I11 I30"
DESCRIPTION="unload the module when a queue answers busy for ever: wait, say so, and leak no VM"
REQUIRES="ours apvmm 6.1+"
SLOW=10

ended() { [ ! -e /proc/$remover ]; }
vm_is_gone() { [ ! -e "$DBF/$log" ]; }
warnings() { dmesg | grep -c "05.0004: unbind waits for a reset of the queue"; }
warned() { [ "$(warnings)" -gt "$before" ]; }

# A guest leaves a message and enabled interrupts; neither a reset nor a disable ends.
unload() {
	mdev_create
	assign $U1 adapter 5 domain 4 0x47
	guest
	read -r log <$WORK/vmm-vm.log
	[ -e "$DBF/$log" ] || give_up "KVM keeps no log of $log: its end could not be seen"
	expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
	expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
	sim "queue stuck 05.0004 on"
	sim "inject 05.0004 fc=aqic rc=05 count=0"
	vmm_kill
	mdev_remove
	vm_is_gone && fail "KVM has given up a VM whose interrupts are on"
	before=$(warnings)
	rmmod vfio_ap &
	remover=$!
	wait_for 20 warned || fail "the log does not say what is waited for"
	ended && fail "rmmod does not wait"
	kill -9 $remover
	ended && fail "a signal ends the wait"
	expect "the next driver of the queue" "" "$(bound_to 05.0004)"
}
unloaded() {
	wait_for 20 ended || fail "rmmod waits on"
	wait $remover
	[ ! -e /sys/module/vfio_ap ] || fail "the module is still there"
	wait_for 20 vm_is_gone || fail "KVM still has the VM"
}
load() {
	must insmod /lab/vfio_ap.ko
	rescan
	mdev_create
	assign $U1 adapter 5 domain 4 0x47
	guest
	guest_has "05.0004 05.0047"
	vmm_end
	mdev_remove
}

free_for_guests 5
note "the reset ends after all"
unload
sim "queue stuck 05.0004 off; inject 05.0004 fc=aqic rc=00"
unloaded
grep '^05.0004' $SIM/queues | grep -q 'irq=off.*taint=none' ||
	fail "05.0004 is not clean: $(grep '^05.0004' $SIM/queues)"
load

note "the host loses the adapter"
unload
sim "card del 5"
sim configchange
unloaded
sim "card add 5 type=cex8 mode=cca"
sim "queue stuck 05.0004 off; inject 05.0004 fc=aqic rc=00"
sim configchange
load
