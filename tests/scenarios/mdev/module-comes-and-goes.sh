# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-14 C-15 I30 I31"
DESCRIPTION="unload and load the module, refuse to unload while an mdev has a guest, return all queues"
REQUIRES="ours"

free_for_guests 5
expect "its queues" "05.0004 05.0047 05.00ab 05.00ff" "$(queues_of_driver vfio_ap)"
T=/sys/kernel/tracing
echo "p:lab_release driver_release" >>$T/kprobe_events || give_up "no probe"
echo 1 >$T/events/kprobes/lab_release/enable
released() { awk '$1 == "lab_release" { print $2 }' $T/kprobe_profile; }
set -- /sys/bus/*/drivers/vfio_ap*
rmmod vfio_ap || fail "rmmod without mdevs: $?"
settle "drivers that are freed" $# released
echo 0 >$T/events/kprobes/lab_release/enable
echo "-:lab_release" >>$T/kprobe_events
[ ! -e $MATRIX ] || fail "the matrix device is still there"
for area in vfio_ap vfio_ap_guest; do
	[ ! -e $DBF/$area ] || fail "the debug area $area is still there"
done
insmod /lab/vfio_ap.ko || give_up "insmod"
# the callbacks of the bus came in 5.18
kernel_from 6.1 && has="with" || has="without"
dmesg | grep "vfio_ap: AP bus:" | tail -n 1 | grep -q ", $has callbacks" ||
	fail "the log does not say that the bus is $has callbacks"
[ -d $TYPE ] || give_up "no mdev type after loading again"
insmod /lab/vfio_ap.ko 2>$WORK/error && fail "loaded twice"
rescan
for queue in 05.0004 05.0047 05.00ab 05.00ff; do
	[ -n "$(bound_to $queue)" ] || put $BUS/drivers_probe $queue
done
expect "its queues again" "05.0004 05.0047 05.00ab 05.00ff" "$(queues_of_driver vfio_ap)"
mdev_create
assign $U1 adapter 5 domain 4
guest
rmmod vfio_ap 2>$WORK/error && fail "unloaded while a guest has a device"
grep -q "temporarily unavailable\|in use" $WORK/error || fail "rmmod said: $(cat $WORK/error)"
guest_has "05.0004"

note "after a guest, too, nothing of it is left"
apmask=$(cat $BUS/apmask)
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "AQIC without a NIB" 06 "$(said rc vm aqic on apqn=05.0004 nib=0)"
must vmm vm nqap apqn=05.0004 >/dev/null
vmm_end
mdev_remove
rmmod vfio_ap || fail "rmmod after a guest: $?"	# which warns of what was not freed
grep '^05.0004' $SIM/queues | grep -q 'irq=off.*taint=none' ||
	fail "05.0004 is not clean: $(grep '^05.0004' $SIM/queues)"
expect "apmask" "$apmask" "$(cat $BUS/apmask)"
put $BUS/apmask $ALL_ONES
note "nothing of it is called any more, whatever the bus does, and no work that waited for a second"
busy_until=$(($(uptime_cs) + 150))
while :; do
	sim "card add 7 type=cex7 mode=cca; domain del 0x47"
	sim configchange
	rescan
	sim "card del 7; domain add 0x47"
	sim configchange
	rescan
	[ "$(uptime_cs)" -lt $busy_until ] || break
done
put $BUS/drivers_probe 05.0004
expect "its driver" cex4queue "$(bound_to 05.0004)"
insmod /lab/vfio_ap.ko || give_up "insmod"
