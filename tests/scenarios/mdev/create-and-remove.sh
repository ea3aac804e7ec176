# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-22 K-15"
DESCRIPTION="create mdevs by UUID, count them, refuse duplicates and bad UUIDs, remove them"
REQUIRES="module"

instances() { cat $TYPE/available_instances; }
expect "instances" 65536 "$(instances)"
refused EINVAL $TYPE/create not-a-uuid
refused EINVAL $TYPE/create "${U1}00"
refused EINVAL $TYPE/create "${U1%?}"
refused EINVAL $TYPE/create "${U1%?}g"
mdev_create $U1 $U2
refused EEXIST $TYPE/create $U1
# a name that exists twice is refused by sysfs, too, with a stack in the log
! dmesg | grep "duplicate filename" || fail "the second was added to sysfs"
expect "instances with two" 65534 "$(instances)"
refused EINVAL $MATRIX/$U1/remove garbage
accepted $MATRIX/$U1/remove 0
[ -d $MATRIX/$U1 ] || fail "0 > remove has removed it"
mdev_remove $U1
[ ! -e $MATRIX/$U1 ] || fail "it is still there"
mdev_create $U1
mdev_remove $U1
mdev_remove $U2
expect "instances at the end" 65536 "$(instances)"
