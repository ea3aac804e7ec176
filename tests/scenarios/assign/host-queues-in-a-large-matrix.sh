# SPDX-License-Identifier: GPL-2.0-only
# Of so many APQNs the module asks for those that have a device, and counts the others. The second
# round gives the host as many queues without a device as there are devices.
SHOWS="D-02 I4"
DESCRIPTION="refuse a matrix of all APQNs if the masks give the host queues of it that do not exist"
REQUIRES="ours"

mdev_create
devices=$(ls $BUS/devices | grep -c "^[0-9a-f]*[.]")
none="$(mask),$(mask),$(mask)" all="$ALL_ONES,$ALL_ONES,$(mask)"
put $BUS/apmask "$(mask 0x80)"
refused EADDRNOTAVAIL $MATRIX/$U1/ap_config "$all"
ids= id=0x80
while [ $((id - 0x80)) -lt "$devices" ]; do
	ids="$ids $id"
	id=$((id + 1))
done
put $BUS/apmask "$(mask $ids)"
put $BUS/aqmask "$(mask 1)"
refused EADDRNOTAVAIL $MATRIX/$U1/ap_config "$all"
expect "ap_config" "$none" "$(ap_config)"
put $BUS/apmask 0x0
accepted $MATRIX/$U1/ap_config "$all"
