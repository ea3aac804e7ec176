# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-F!"
DESCRIPTION="record each event with APQN and mdev"
REQUIRES="ours apvmm"

uuid=$(echo $U1 | tr -d -)
echo 6 >$DBF/vfio_ap_guest/level
for area in vfio_ap vfio_ap_guest; do
	echo - >$DBF/$area/flush
done
record() { # AREA PATTERN
	wait_for 5 grep -qE "$2" $DBF/"$1"/sprintf || fail "no record \"$2\""
}
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 domain 4 0x48
record vfio_ap "assign domain 04, 1 queues from 05.0004 on, mdev $uuid: 0"
record vfio_ap "filter 05.0048 from mdev $uuid: domain-not-in-host-config"
refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 0xa
record vfio_ap "assign 0a.0004 to mdev $uuid: the host's"
guest
record vfio_ap "attach mdev $uuid"
record vfio_ap "plug 05.0004 into mdev $uuid"
unbind 06.0004
assign $U1 adapter 6
record vfio_ap "assign adapter 06, 2 queues from 06.0004 on, mdev $uuid: 0"
record vfio_ap "filter 06.0004 from mdev $uuid: no-queue-device"
bind 06.0004
record vfio_ap "bind 06.0004 mdev $uuid"
guest_has "05.0004 06.0004"
must vmm vm aqic on apqn=05.0004 >/dev/null
record vfio_ap_guest "aqic 05.0004 mdev $uuid: .* rc 00"
must vmm vm aqic on apqn=05.0004 nib=0 >/dev/null
record vfio_ap_guest "aqic 05.0004 mdev $uuid: .* rc 06"
vmm_expect ok vm mem unmap 0 0x1000000
record vfio_ap_guest "unmap takes nib .* of 05.0004 mdev $uuid"
vmm_expect ok vm reset
record vfio_ap "reset of [0-9]+ queues in place for mdev $uuid"
record vfio_ap "reset 05.0004 complete for mdev $uuid, rc 00"
refused EBUSY $BUS/apmask +5
record vfio_ap "veto: 05.0004 and [0-9]+ more are mdev $uuid's"
sim "queue resetfail 06.0004 42"
unassign $U1 adapter 6
record vfio_ap "unassign adapter 06, 2 queues from 06.0004 on, mdev $uuid: 0"
record vfio_ap "unplug 06.0004 from mdev $uuid"
record vfio_ap "reset 06.0004 failed for mdev $uuid, rc 42"
sim "queue resetfail 06.0004 00"
sim "card config 5 off"
unassign $U1 adapter 5
record vfio_ap "reset 05.0004 impossible for mdev $uuid, rc 03"
sim "card config 5 on"
unbind 05.0004
record vfio_ap "unbind 05.0004 mdev 0{32}"
bind 05.0004
vmm_end
record vfio_ap "detach mdev $uuid"
expect "records of a domain that was missing all along" 1 \
	"$(grep -cE "filter 05.0048 from mdev $uuid" $DBF/vfio_ap/sprintf)"
echo 5 >$DBF/vfio_ap_guest/level
expect "records with an APQN, but without an mdev" "" "$(cat $DBF/vfio_ap/sprintf \
	$DBF/vfio_ap_guest/sprintf | grep -E ' [0-9a-f]{2}\.[0-9a-f]{4}[ ,:]' |
	grep -vE '[0-9a-f]{32}')"
