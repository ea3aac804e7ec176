# SPDX-License-Identifier: GPL-2.0-only
# Loading is repeated with its first call into the kernel failing, its second, and so on: memory,
# the driver core, the AP bus, mdev, debug logs, threads. Unloading has no call that may fail.
SHOWS="part-B C-15 I30 I31"
DESCRIPTION="fail each call of loading in turn, and leave nothing half registered"
REQUIRES="ours"
SLOW=7

. "$here/fail.sh"

insert() { # MODULE: sets put_said
	if insmod /lab/$1.ko 2>$WORK/error; then
		put_said=ok
	else
		errno_name "$(cat $WORK/error)"
		# insmod's own words for ENOENT
		case $put_said in *"unknown symbol in module"*) put_said=ENOENT ;; esac
	fi
}
load() { insert vfio_ap; }
unload() { rmmod vfio_ap || give_up "rmmod vfio_ap"; }
unload_counted() {
	if rmmod vfio_ap 2>$WORK/error; then put_said=ok; else put_said=$(cat $WORK/error); fi
}
# All that a load registers. A queue whose probe function fails has no driver, and all else works.
registered() {
	for place in /sys/module/vfio_ap /sys/devices/vfio_ap/matrix /sys/bus/matrix $TYPE \
		/sys/bus/matrix/drivers/vfio_ap $BUS/drivers/vfio_ap \
		/sys/bus/mdev/drivers/vfio_ap_mdev \
		/sys/devices/vfio_ap $DBF/vfio_ap $DBF/vfio_ap_guest; do
		[ ! -e $place ] || echo "$place"
	done
	ps -o comm | grep -c "^vfio_ap\|kworker/R-vfio_"
	[ ! -e /sys/module/mdev ] || cat /sys/module/mdev/refcnt
}
binds() {
	rescan
	for queue in 05.0004 05.0047 05.00ab 05.00ff; do
		[ -n "$(bound_to $queue)" ] || put $BUS/drivers_probe $queue
	done
}

free_for_guests 5
fail_begin
binds
unload
each_again=" again"
each_call "loading vfio_ap" "ENOMEM ENOENT" load registered unload
note "unloading, which cannot fail"
load
each_call "unloading vfio_ap" "" unload_counted registered load
unload
expect "memory of a module that is not loaded" 0 "$(allocated)"

if own_mdev; then
	rmmod mdev || give_up "rmmod mdev"
	mdev_load() { insert mdev; }
	mdev_unload() { rmmod mdev || give_up "rmmod mdev"; }
	mdev_registered() {
		for place in /sys/module/mdev /sys/bus/mdev /sys/class/mdev_bus; do
			[ ! -e $place ] || echo $place
		done
	}
	each_again=" again"
	each_call "loading mdev" ENOMEM mdev_load mdev_registered mdev_unload
	mdev_load
	other_load() { insert mdevs; }
	other_unload() { rmmod mdevs || give_up "rmmod mdevs"; }
	other_registered() { ls -d /sys/devices/platform/mdevs/mdev_supported_types/* \
		/sys/devices/platform/mdevs /sys/bus/mdev/drivers/mdevs 2>/dev/null; }
	each_again=" again"
	each_call "loading another driver of mdevs" ENOMEM other_load other_registered other_unload
fi
load
binds
expect "its queues" "05.0004 05.0047 05.00ab 05.00ff" "$(queues_of_driver vfio_ap)"
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
