# SPDX-License-Identifier: GPL-2.0-only
# The fuzzer writes any text to the attributes of mdevs that it creates and removes, to the bus,
# and gives any argument to ioctls of a device that is open. That many operations are accepted
# shows that it gets far enough.
SHOWS="I19 I24 I26 I32 I33"
DESCRIPTION="survive random operations on sysfs and VFIO from three threads while a guest runs"
REQUIRES="ours apvmm"
CPUS=2

COUNT=600
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 domain 4
guest
must vmm vm spin mix 05.0004 05.0047 cpu=1
: >$WORK/guest-ran
for seed in 1 2; do
	said=$(vmm vm fuzz seed=$seed count=$COUNT threads=3) || fail "$said"
	expect "operations, seed $seed" $((3 * COUNT)) "$(answer operations "$said")"
	accepted=$(answer accepted "$said")
	note "figures: seed $seed: $accepted of $((3 * COUNT)) operations accepted"
	[ "$accepted" -ge $((COUNT / 4)) ] || fail "only $accepted operations were accepted"
	[ "$(answer ioctls "$said")" -ge $((COUNT / 4)) ] || fail "too few ioctls"
done
vmm vm spin stop cpu=1 >/dev/null
lines=$(dmesg | grep -c vfio_ap)
note "figures: $lines lines of vfio_ap in the kernel's log"
[ "$lines" -le $COUNT ] || fail "$lines lines in the kernel's log"
expect "the matrix" "05.0004" "$(matrix)"
# The kernel's mdev core refuses a remove while the create has not returned, and the device has no
# file "remove" any more. Unregistering its parent removes it.
unremovable=
for dir in $MATRIX/f0220000-*; do
	if [ -e "$dir/remove" ]; then
		mdev_remove "${dir##*/}"
	elif [ -e "$dir" ]; then
		unremovable="$unremovable ${dir##*/}"
	fi
done
put $BUS/drivers_probe 05.0004
guest_has "05.0004"
if [ -n "$unremovable" ]; then
	note "removed while they were being created:$unremovable"
	vmm_end
	mdev_remove
	must rmmod vfio_ap
	must insmod /lab/vfio_ap.ko
fi
