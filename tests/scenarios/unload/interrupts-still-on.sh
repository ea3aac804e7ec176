# SPDX-License-Identifier: GPL-2.0-only
# A queue without a device notifies a guest that has ended, and its reset does not end. rmmod waits
# for five seconds. After that the page and the VM are left to the hardware, since nobody may free
# what it writes to.
SHOWS="I11 I30"
DESCRIPTION="leak the page and the VM of interrupts that are still on at unload, and say so"
REQUIRES="ours apvmm 6.1+"

leaks() { dmesg | grep "05.0047: interrupts still enabled at unload; leaking a page of its guest"; }

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
guest_has "05.0004 05.0047"
read -r log <$WORK/vmm-vm.log
[ -e "$DBF/$log" ] || give_up "KVM keeps no log of $log: its end could not be seen"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0047 nib=0x3000)"
outlive_its_guest 05.0047
expect "rmmod" 0 "$(rmmod vfio_ap; echo $?)"
expect "lines in the log" 1 "$(leaks | wc -l)"
expect "interrupts after the unload" guest "$(irq_of 05.0047)"
check "KVM keeps the VM" [ -e "$DBF/$log" ]

note "its page is not freed either: a notification changes no memory of somebody else"
expect "findings" 0 "$(oracle findings)"

note "the module is loaded again; the queue is as good as before when its reset has ended"
must insmod /lab/vfio_ap.ko
sim "queue stuck 05.0047 off; inject 05.0047 fc=tapq rc=00"
sim configchange
rescan
is_back() { [ -e $BUS/devices/05.0047 ]; }
wait_for 20 is_back || fail "its device is not created again"
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
guest_has "05.0004 05.0047"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0047)"
vmm_end
expect "findings" 0 "$(oracle findings)"
