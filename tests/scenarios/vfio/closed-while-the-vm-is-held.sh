# SPDX-License-Identifier: GPL-2.0-only
# Before Linux 5.15 the module may take its hook for PQAP out of KVM only while all vCPUs of the VM
# are stopped, and for that it needs the VM's lock. Somebody takes that lock when the guest has lost
# its queues and the hook is about to be dropped: an Ultravisor that is busy.
SHOWS="I30 I31 R-13"
DESCRIPTION="close a device whose VM cannot be stopped, and take its hook out of KVM later"
REQUIRES="ours apvmm 5.10"
CPUS=2

. "$here/held.sh"
must insmod /lab/pause.ko
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4

# close_held: the device is closed while the VM is held
close_held() {
	pause vap_compat_pqap_hook_drop 5000000
	vmm vm detach >$WORK/closed &
	closing=$!
	wait_for 20 pausing || give_up "nobody drops the hook"
	hold_by_ultravisor
	pausing || fail "the hook was dropped before the VM was held"
	pause release
	wait $closing
	pause off
	expect "close" ok "$(cut -c 1-2 $WORK/closed)"
}
in_use() { ! rmmod vfio_ap 2>$WORK/error; }
unloaded() { rmmod vfio_ap 2>$WORK/error; }

note "the hook stays in KVM, and refuses"
guest
guest_has "05.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
close_held
expect "AQIC without a device" "3 01" \
	"$(vmm vm aqic on apqn=05.0004 >$WORK/aqic; answer cc "$(cat $WORK/aqic)") $(answer rc "$(cat $WORK/aqic)")"
check "the module is in use" in_use

note "the VM opens the device again, and the hook that is still there serves it"
vmm vm attach $U1 $guest_by >$WORK/opened &
opening=$!
waits "opening the device" $opening
release_by_ultravisor
wait $opening
expect "open" ok "$(cut -c 1-2 $WORK/opened)"
guest_has "05.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"

note "it is taken out of KVM when the VM can be stopped"
close_held
check "the module is in use" in_use
release_by_ultravisor
mdev_remove
wait_for 20 unloaded || fail "the module stays: $(cat $WORK/error)"
expect "condition code of AQIC" 3 "$(said cc vm aqic on apqn=05.0004)"
must insmod /lab/vfio_ap.ko
must rmmod pause
