# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-19"
DESCRIPTION="move single queues to vfio_ap and back by driver_override, where the kernel supports it"
REQUIRES="module 7.2+"

override() { # QUEUE DRIVER
	put $BUS/devices/"$1"/driver_override "$2"
	unbind "$1"
	put $BUS/drivers_probe "$1"
}
override 05.0004 vfio_ap
expect "its driver" vfio_ap "$(bound_to 05.0004)"
expect "its neighbour's" cex4queue "$(bound_to 05.0047)"
mdev_create
assign $U1 adapter 5 domain 4
settle "guest_matrix" "05.0004" guest_matrix
refused EADDRNOTAVAIL $MATRIX/$U1/assign_domain 0x47
mdev_remove
override 05.0004 "
"
expect "its driver at the end" cex4queue "$(bound_to 05.0004)"
