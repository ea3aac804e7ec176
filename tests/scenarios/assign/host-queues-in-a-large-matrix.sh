# SPDX-License-Identifier: GPL-2.0-only
# Of so many APQNs the module asks for those that have a device, and counts the others. The second
# round gives the host as many queues without a device as there are devices.
SHOWS="D-02 I4"
DESCRIPTION="refuse a matrix of all APQNs if the masks give the host queues of it, with a device or without"
REQUIRES="ours"

mdev_create
devices=$(ls $BUS/devices | grep -c "^[0-9a-f]*[.]")
none="$(mask),$(mask),$(mask)" all="$ALL_ONES,$ALL_ONES,$(mask)"
refused_as() { # APQN
	refused EADDRNOTAVAIL $MATRIX/$U1/ap_config "$all"
	dmesg | grep "Userspace may not assign" | tail -n 1 | grep -q "queue $1 to" ||
		fail "the log does not name $1"
}
put $BUS/apmask "$(mask 0x80)"
refused_as 80.0000
ids= id=0x80
while [ $((id - 0x80)) -lt "$devices" ]; do
	ids="$ids $id"
	id=$((id + 1))
done
put $BUS/apmask "$(mask $ids)"
put $BUS/aqmask "$(mask 1)"
refused_as 80.0001
expect "ap_config" "$none" "$(ap_config)"

note "the host has one queue with a device"
put $BUS/apmask "$(mask 5)"
put $BUS/aqmask "$(mask 4)"
refused_as 05.0004

note "the mdev has queues with a device, and the host has another one, without a device"
put $BUS/aqmask "$(mask 1)"
part="$(mask 5),$(mask 4),$(mask)"
accepted $MATRIX/$U1/ap_config "$part"
refused_as 05.0001
expect "ap_config" "$part" "$(ap_config)"
put $BUS/apmask 0x0
accepted $MATRIX/$U1/ap_config "$all"

note "one adapter more for a large matrix"
unassign $U1 adapter 0x10
put $BUS/apmask "$(mask 0x10)"
refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 0x10
put $BUS/apmask 0x0
accepted $MATRIX/$U1/assign_adapter 0x10

note "a large matrix without the adapter that the host has"
accepted $MATRIX/$U1/ap_config "$none"
put $BUS/apmask "$(mask 5)"
put $BUS/aqmask $ALL_ONES
accepted $MATRIX/$U1/ap_config "0xfb${ALL_ONES#0xff},$ALL_ONES,$(mask)"
