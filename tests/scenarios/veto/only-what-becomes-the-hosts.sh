# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-10!7.2 part-11 A13!7.2 I24"
DESCRIPTION="veto every mask that takes a queue from an mdev, and no other mask"
REQUIRES="ours"

free_for_guests 5 4
mdev_create
assign $U1 adapter 5 domain 4
note "adapter 5 in no domain that the mdev has, then domain 4, which would have it"
accepted $BUS/apmask +5
expect "its neighbour is the host's" cex4queue "$(bound_to 05.0047)"
expect "its driver" vfio_ap "$(bound_to 05.0004)"
refused EBUSY $BUS/aqmask +4
expect "its driver" vfio_ap "$(bound_to 05.0004)"
put $BUS/apmask -5
accepted $BUS/aqmask +4
refused EBUSY $BUS/apmask +5
expect "its driver" vfio_ap "$(bound_to 05.0004)"

note "each mdev is asked"
put $BUS/apmask -6
mdev_create $U2
assign $U2 adapter 6 domain 4
refused EBUSY $BUS/apmask +6
refused EBUSY $BUS/apmask +5
