# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-04"
DESCRIPTION="free two cards by relative and by absolute masks, with the same result"
REQUIRES="module"

put $BUS/apmask -5,-6
put $BUS/aqmask -4,-0x47,-0xab,-0xff
relative="$(cat $BUS/apmask) $(cat $BUS/aqmask)"
expect "the masks" "0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff \
0xf7fffffffffffffffeffffffffffffffffffffffffeffffffffffffffffffffe" "$relative"
bound=$(queues_of_driver vfio_ap)
expect "queues of vfio_ap" 12 "$(echo "$bound" | wc -w)"
put $BUS/apmask $ALL_ONES
put $BUS/aqmask $ALL_ONES
expect "queues of vfio_ap" "" "$(queues_of_driver vfio_ap)"
put $BUS/apmask 0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
put $BUS/aqmask 0xf7fffffffffffffffeffffffffffffffffffffffffeffffffffffffffffffffe
expect "the masks" "$relative" "$(cat $BUS/apmask) $(cat $BUS/aqmask)"
expect "queues of vfio_ap" "$bound" "$(queues_of_driver vfio_ap)"
