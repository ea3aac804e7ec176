# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-4 P7"
DESCRIPTION="find a queue by its APQN without a walk over all devices"
REQUIRES="module apvmm"

T=/sys/kernel/tracing
walks="bus_for_each_dev bus_find_device driver_for_each_device driver_find_device"
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 domain 4 0x47 0xab 0xff
guest
guest_has "05.0004 05.0047 05.00ab 05.00ff"
for walk in $walks; do
	echo "p:lab_$walk $walk" >>$T/kprobe_events || give_up "no kprobe on $walk"
	echo 1 >$T/events/kprobes/lab_$walk/enable
done
hits() { awk '$1 ~ /^lab_/ { hits += $2 } END { print hits + 0 }' $T/kprobe_profile; }
# walked MOST WHAT COMMAND...
walked() {
	most=$1 what=$2
	shift 2
	before=$(hits)
	"$@" >/dev/null || fail "$*"
	counted=$(($(hits) - before))
	check "$what: $counted walks, at most $most" [ $counted -le "$most" ]
}
# a scan of the bus walks, too: one now, and the next after the longest interval there is
scan_every 120
rescan
walked 0 "50 AQICs" vmm vm aqic on apqn=05.0047 count=50
walked 0 "a reset of four queues" vmm vm reset
walked 0 "unassigning four queues" put $MATRIX/$U1/unassign_adapter 5
walked 1 "assigning four queues" put $MATRIX/$U1/assign_adapter 5
before=$(hits)
rescan
[ "$(hits)" -gt "$before" ] || fail "a scan of the bus was not counted: nothing was shown"
for walk in $walks; do
	echo 0 >$T/events/kprobes/lab_$walk/enable
	echo "-:lab_$walk" >>$T/kprobe_events
done
