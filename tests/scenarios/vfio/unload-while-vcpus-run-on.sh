# SPDX-License-Identifier: GPL-2.0-only
# A vCPU that waits or computes does not leave the KVM_RUN of its VMM, whatever the module does.
SHOWS="I30 R-13"
DESCRIPTION="unload the module although one vCPU of the VM waits and another one computes"
REQUIRES="ours apvmm"

unloaded() { rmmod vfio_ap 2>$WORK/rmmod; }
asleep() { grep -q '^State:.S' /proc/$idle/status; }

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
must vmm vm spin start tapq apqn=05.0004 cpu=1
vmm vm idle cpu=2 >$WORK/idle &
idle=$!
wait_for 5 asleep
vmm_expect ok vm detach
wait_for 20 unloaded || fail "the module stays: $(cat $WORK/rmmod)"
[ -e /proc/$idle ] || fail "the vCPU that waits has left KVM_RUN: $(cat $WORK/idle)"
# KVM, not the hook, answers now
said=$(vmm vm spin stop cpu=1)
expect "instructions that KVM left to the VMM" 0 "$(answer user "$said")"
expect "condition code of AQIC" 3 "$(said cc vm aqic on apqn=05.0004)"

note "the VM can have a device again"
must insmod /lab/vfio_ap.ko
mdev_create
assign $U1 adapter 5 domain 4
must vmm vm attach $U1 $guest_by
guest_has "05.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004 isc=2)"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
wait $idle
