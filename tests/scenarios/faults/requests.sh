# SPDX-License-Identifier: GPL-2.0-only
# Each request is repeated with its first call into the kernel failing, its second, and so on, on
# any kernel: mdev/out-of-memory does the same with all allocations of a task, on a kernel that
# can fail them.
SHOWS="part-B R-15 R-15t I19 I30"
DESCRIPTION="fail each call of each request on sysfs in turn, without an incomplete change"
REQUIRES="ours apvmm"
SLOW=6

. "$here/fail.sh"

free_for_guests 5,6
fail_begin
# a scan that the bus begins by itself would bind queues meanwhile
scan_every 120
for queue in 05.0004 05.0047 06.0004 06.0047; do
	[ -n "$(bound_to $queue)" ] || put $BUS/drivers_probe $queue
done

mdevs() {
	echo $MATRIX/????????-* $TYPE/devices/* /sys/bus/mdev/devices/*
	cat $TYPE/available_instances
}
create() { write $TYPE/create $U1; }
remove() { write $MATRIX/$U1/remove 1; }
each_call "creating an mdev" ENOMEM create mdevs mdev_remove
mdev_create
each_call "removing an mdev" "" remove mdevs mdev_create

note "a matrix, without a guest and with one"
has() {
	cat $MATRIX/$U1/ap_config
	full_guest_matrix
	[ ! -e $WORK/vmm-vm ] || crycb_of all
	for queue in 05.0004 05.0047 06.0004; do status_of $queue; done
}
matrix_requests() { # WHERE
	assign $U1 domain 4
	request() { write $MATRIX/$U1/assign_adapter 5; }
	undo() { unassign $U1 adapter 5; }
	each_call "assigning an adapter $1" ENOMEM request has undo
	assign $U1 adapter 5
	request() { write $MATRIX/$U1/unassign_domain 4; }
	undo() { assign $U1 domain 4; }
	each_call "unassigning a domain $1" ENOMEM request has undo
	request() { write $MATRIX/$U1/assign_control_domain 0x47; }
	undo() { unassign $U1 control_domain 0x47; }
	each_call "assigning a control domain $1" ENOMEM request has undo
	request() { write $MATRIX/$U1/ap_config "$(mask 5 6),$(mask 4 0x47),$(mask 4)"; }
	undo() { put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4),$(mask)"; }
	each_call "ap_config $1" ENOMEM request has undo
	unassign $U1 adapter 5 domain 4
}
matrix_requests "without a guest"
guest
matrix_requests "in a running guest"

note "a queue"
assign $U1 adapter 5 domain 4 0x47
guest_has "05.0004 05.0047"
queue_of() {
	bound_to 05.0047
	status_of 05.0047
	has
}
request() { write $BUS/drivers/vfio_ap/unbind 05.0047; }
undo() { bind 05.0047; }
each_call "unbinding a queue of a running guest" "" request queue_of undo
unbind 05.0047
request() { write $BUS/drivers/vfio_ap/bind 05.0047; }
undo() { unbind 05.0047; }
# the driver core says ENODEV if a probe function says so
each_call "binding a queue" "ENOMEM ENODEV" request queue_of undo
bind 05.0047
guest_has "05.0004 05.0047"

note "the host"
request() { write $BUS/aqmask -0xab; }
undo() { put $BUS/aqmask +0xab; }
aqmask() { cat $BUS/aqmask; }
# the kernel turns ERESTARTSYS into EINTR, or begins again, if there is a signal; here is none
each_call "a mask that no mdev minds" "ENOMEM EINTR ERESTARTSYS" request aqmask undo
request() {
	sim "domain del 0x47"
	sim configchange
	put_said=ok
}
undo() {
	sim "domain add 0x47"
	sim configchange
	[ -n "$(bound_to 05.0047)" ] || put $BUS/drivers_probe 05.0047
	settle "05.0047 is back" "05.0004 05.0047" full_guest_matrix
}
each_call "a domain that leaves the host" "" request full_guest_matrix undo
request() {
	put $SIM/control "bus reclaim 05.0004"
	put_said=ok
	settle "05.0004 is rebound" "05.0004 05.0047" full_guest_matrix
	status_is_in_use() { [ "$(status_of 05.0004)" = "in use" ]; }
	wait_for 5 status_is_in_use || fail "05.0004: $(status_of 05.0004)"
}
each_call "a queue that the AP bus initialised again" "" request full_guest_matrix :

note "texts: all of it, or an error"
for file in $MATRIX/$U1/matrix $MATRIX/$U1/guest_matrix $MATRIX/$U1/reasons \
	$MATRIX/$U1/ap_config $MATRIX/$U1/control_domains $MATRIX/$U1/guest_interrupts \
	$MATRIX/$U1/features $MATRIX/features $BUS/devices/05.0004/status; do
	[ -e "$file" ] || continue
	whole=$(cat "$file")
	request() {
		if dd if="$file" bs=4096 status=none >$WORK/text 2>$WORK/error; then
			put_said=ok
		else
			errno_name "$(cat $WORK/error)"
		fi
		[ $put_said != ok ] || [ "$(cat $WORK/text)" = "$whole" ] ||
			fail "${file##*/}: $(cat $WORK/text)"
	}
	each_call "reading ${file##*/}" ENOMEM request has :
done
guest_has "05.0004 05.0047"
