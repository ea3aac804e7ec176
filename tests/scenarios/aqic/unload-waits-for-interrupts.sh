# SPDX-License-Identifier: GPL-2.0-only
# The device of a queue is deleted while it notifies a guest, and the guest ends. The VM and the
# page stay until the interrupts are off. Once the module was unloaded within the second until it
# looks again, while the queue was being reset, and both leaked.
SHOWS="I11 I30 R-13"
DESCRIPTION="wait at unload until the interrupts of a guest that has ended are off"
REQUIRES="ours apvmm"

going() { [ "$(cat /sys/module/vfio_ap/initstate 2>/dev/null)" = going ]; }
leaks() { dmesg | grep -c "interrupts still enabled at unload"; }

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
guest_has "05.0004 05.0047"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0047)"
outlive_its_guest 05.0047
before=$(leaks)
rmmod vfio_ap &
unloading=$!
wait_for 20 ended_or $unloading going || fail "the module is not unloaded"
check "rmmod waits" [ -e /proc/$unloading ]
sim "card config 5 standby"
wait $unloading
expect "rmmod" 0 $?
expect "pages that leaked" "$before" "$(leaks)"
settle "VMs" "" cat $SIM/guests
must insmod /lab/vfio_ap.ko
sim "queue stuck 05.0047 off; card config 5 on; configchange"
rescan
is_back() { [ -e $BUS/devices/05.0047 ]; }
wait_for 20 is_back || fail "its device is not created again"
