# SPDX-License-Identifier: GPL-2.0-only
# Likewise for what a VMM and its guest ask for: opening and closing the device, each ioctl with
# copies from and to user space, AQIC with its pinned page and its GISC.
SHOWS="part-B R-15 R-15t C2~ I27 I30"
DESCRIPTION="fail each call of opening, ioctls, AQIC and closing in turn, and pin nothing"
REQUIRES="ours apvmm"
SLOW=5

. "$here/fail.sh"

free_for_guests 5
fail_begin
for queue in 05.0004 05.0047; do
	[ -n "$(bound_to $queue)" ] || put $BUS/drivers_probe $queue
done
mdev_create
assign $U1 adapter 5 domain 4 0x47
vmm_start
guest_vm vm

# asked COMMAND...: put_said is "ok" or the errno
asked() {
	said=$(vmm vm "$@")
	case $said in
	ok*) put_said=ok ;;
	*) put_said=${said#* } put_said=${put_said%% *} ;;
	esac
}
locked() { awk '/^VmLck/ { print $2 }' /proc/"$(cat $WORK/vmm-vm/pid)"/status; }
has() {
	crycb_matrix
	status_of 05.0004
	locked
	cat /sys/module/vfio_ap/refcnt
}
attach() { asked attach $U1 $guest_by; }
detach() { asked detach; }
detached() {
	detach
	expect "detach" ok "$put_said"
}
attached() {
	attach
	expect "attach" ok "$put_said"
}
each_call "opening the device" "ENOMEM EINTR" attach has detached
attached
each_call "closing the device" "" detach has attached

note "ioctls"
request() { asked ioctl $GET_INFO "$(be32 24 0 0 0 0 0)"; }
each_call "VFIO_DEVICE_GET_INFO" "EFAULT" request has :
request() { asked ioctl $GET_IRQ_INFO "$(be32 16 0 0 0)"; }
each_call "VFIO_DEVICE_GET_IRQ_INFO" "EFAULT" request has :
request() { asked setirq 1 eventfd; }
each_call "VFIO_DEVICE_SET_IRQS" "EFAULT EBADF EINVAL" request has :
request() { asked reset; }
each_call "VFIO_DEVICE_RESET" "" request has :

note "AQIC: its answer is the response code"
irqs() {
	grep '^05.0004' $SIM/queues | grep -o 'irq=[a-z]*'
	locked
	crycb_matrix
}
aqic() {
	put_said=$(said rc vm aqic on apqn=05.0004)
	# for a while no page is pinned once there was no memory for one
	[ "$put_said" != 05 ] || wait_for 20 can_pin || fail "still no memory to pin"
	[ "$put_said" != 00 ] || put_said=ok
}
can_pin() {
	[ "$(said rc vm aqic on apqn=05.0047)" = 00 ]
	can=$?
	vmm vm aqic off apqn=05.0047 >/dev/null
	return $can
}
aqic_off() { expect "AQIC off" 00 "$(said rc vm aqic off apqn=05.0004)"; }
each_call "enabling interrupts" "05 06 08" aqic irqs aqic_off
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
request() {
	put_said=$(said rc vm aqic off apqn=05.0004)
	[ "$put_said" != 00 ] || put_said=ok
}
undo() { expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"; }
each_call "disabling interrupts" "" request irqs undo

note "unmapping: without a file nobody would say when it is over, so no page is pinned any more"
request() {
	asked mem unmap 0 0x1000000
	vmm_expect ok vm mem map 0 0x1000000
}
undo() {
	wanted=00
	[ -z "$each_name" ] || wanted=05
	expect "AQIC, with ${each_name:-no call} failing" $wanted \
		"$(said rc vm aqic on apqn=05.0004)"
	detached
	attached
	expect "AQIC after the device was opened again" 00 "$(said rc vm aqic on apqn=05.0004)"
}
# iommufd has memory unmapped when a device is closed, too: there may be such lines already
lines_about_it() { dmesg | grep -c "No file for an unmap of guest memory"; }
lines=$(lines_about_it)
each_call "unmapping memory" "" request irqs undo
expect "lines about it in the kernel's log" "$(echo $each_tolerated | wc -w)" \
	$(($(lines_about_it) - lines))

note "type 1 would say so if a page were pinned still"
vmm_expect ok vm mem unmap 0 0x1000000
guest_has "05.0004 05.0047"
