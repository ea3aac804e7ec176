# SPDX-License-Identifier: GPL-2.0-only
# lab/faulty/mdevs.c registers a parent of its own, with two types. On 6.1 mdev is the kernel's.
SHOWS="K-15"
DESCRIPTION="serve a driver of mdevs that uses what vfio_ap does not: types, limits, descriptions"
REQUIRES="ours 6.1+"

PARENT=/sys/devices/platform/mdevs
own=; ! grep -q apmatrix /lab/mdev.ko || own=1
TYPES=$PARENT/mdev_supported_types
trap '[ ! -e /sys/module/mdevs ] || rmmod mdevs; scenario_end $?' EXIT

load() { must insmod /lab/mdevs.ko "$@"; }
not_loaded() { # ERRNO PARAMETER...
	not_errno=$1
	shift
	insmod /lab/mdevs.ko "$@" 2>$WORK/error && rmmod mdevs
	errno_name "$(cat $WORK/error)"
	expect "loading with $*" "$not_errno" "$put_said"
	[ ! -e $PARENT ] || fail "$PARENT is left of a load that failed"
}
files() { echo $(ls $TYPES/platform-"$1"); }
available() { cat $TYPES/platform-"$1"/available_instances; }
probes() { dmesg | grep -c "mdevs: $1"; }

note "two types, of which one has no name; both count the same two instances"
load
expect "the types" "platform-named platform-plain" "$(echo $(ls $TYPES))"
expect "the files of a type" "available_instances create device_api devices name" "$(files plain)"
expect "name" "Type with a name" "$(cat $TYPES/platform-named/name)"
expect "the API" mdevs-api "$(cat $TYPES/platform-plain/device_api)"
[ ! "$own" ] || expect "name of the other" plain "$(cat $TYPES/platform-plain/name)"
put $TYPES/platform-plain/create $U1
expect "available" "1 1" "$(available plain) $(available named)"
put $TYPES/platform-named/create $U2
refused EUSERS $TYPES/platform-named/create $U3
expect "available" "0 0" "$(available plain) $(available named)"
expect "a type's devices" "$U2" "$(ls $TYPES/platform-named/devices)"
expect "the type of a device" "$TYPES/platform-named" "$(readlink -f $PARENT/$U2/mdev_type)"
# a UUID is of one device, whoever its parent is
refused EEXIST $TYPE/create $U2
put $PARENT/$U1/remove 1
expect "available" "1 1" "$(available plain) $(available named)"
expect "probes, removals" "2 1" "$(probes probed) $(probes removed)"
rmmod mdevs || give_up "rmmod mdevs"
expect "removals with the driver" 2 "$(probes removed)"

note "a driver that counts its devices itself, and describes its types"
load available=7 describe=1 instances=0
expect "the files of a type" "available_instances create description device_api devices name" \
	"$(files plain)"
expect "description" "description of named" "$(cat $TYPES/platform-named/description)"
expect "available" "7 7" "$(available plain) $(available named)"
put $TYPES/platform-plain/create $U1
expect "available" 7 "$(available plain)"
put $PARENT/$U1/remove 1
rmmod mdevs || give_up "rmmod mdevs"

note "a driver without a remove function, which the driver core allows"
load without=remove
put $TYPES/platform-plain/create $U1
put $PARENT/$U1/remove 1
expect "available" 2 "$(available plain)"
rmmod mdevs || give_up "rmmod mdevs"

note "what a driver must have"
not_loaded EINVAL without=api
if [ "$own" ]; then
	not_loaded EINVAL without=probe
	not_loaded EINVAL without=parent-api
	not_loaded EINVAL without=types
fi
