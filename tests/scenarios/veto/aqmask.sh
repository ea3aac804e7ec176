# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-11 D-03"
DESCRIPTION="veto a change of aqmask that would take an mdev's queue"
REQUIRES="module"

put $BUS/aqmask -4,-0x47
mdev_create
assign $U1 adapter 5 domain 4
refused EBUSY $BUS/aqmask +4
refused EBUSY $BUS/aqmask $ALL_ONES
expect "aqmask" "$(echo $ALL_ONES | sed 's/0xf/0xf7/; s/.$//' | cut -c 1-4)" \
	"$(cut -c 1-4 $BUS/aqmask)"
expect "its driver" vfio_ap "$(bound_to 05.0004)"
accepted $BUS/aqmask +0x47
expect "a domain that nobody has" cex4queue "$(bound_to 05.0047)"
mdev_remove
accepted $BUS/aqmask +4
expect "its driver at the end" cex4queue "$(bound_to 05.0004)"
