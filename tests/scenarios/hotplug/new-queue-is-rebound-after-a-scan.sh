# SPDX-License-Identifier: GPL-2.0-only
# The kernel warns if a work that waits for the bus's scan runs on a workqueue for memory reclaim.
SHOWS="C20 D-13"
DESCRIPTION="rebind a queue that the bus has just created, once its scan is over"
REQUIRES="ours apvmm"

bound() { [ "$(bound_to 05.0048)" = vfio_ap ]; }
rebound() { [ "$(status_of 05.0048)" = assigned ]; }

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 0x48
sim "domain add 0x48"
sim configchange
rescan
wait_for 5 bound || give_up "vfio_ap does not get the new queue"
wait_for 10 rebound || fail "it is not rebound: $(status_of 05.0048)"
guest
guest_has "05.0048"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0048)"
expect "warnings of the workqueue" 0 "$(dmesg | grep -c WQ_MEM_RECLAIM)"

note "its device is freed when the bus deletes it"
T=/sys/kernel/tracing
echo "p:lab_release ap_queue_device_release" >>$T/kprobe_events || give_up "no probe"
echo 1 >$T/events/kprobes/lab_release/enable
released() { awk '$1 == "lab_release" { print $2 }' $T/kprobe_profile; }
set -- $BUS/devices/*.0048
vmm_end
sim "domain del 0x48"
sim configchange
rescan
settle "devices that are freed" $# released
echo 0 >$T/events/kprobes/lab_release/enable
echo "-:lab_release" >>$T/kprobe_events
