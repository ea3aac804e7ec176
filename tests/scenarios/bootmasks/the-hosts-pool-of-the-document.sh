# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-12"
DESCRIPTION="reserve for the host what ap.apmask and ap.aqmask name, and nothing else"
REQUIRES="module apvmm"

expect "apmask" 0xffff000000000000000000000000000000000000000000000000000000000000 \
	"$(cat $BUS/apmask)"
expect "aqmask" 0x4000000000000000000000000000000000000000000000000000000000000000 \
	"$(cat $BUS/aqmask)"
note "adapters 0 to 15 and domain 1 are the host's: none of the machine's domains is"
expect "queues of vfio_ap" 12 "$(queues_of_driver vfio_ap | wc -w)"
expect "the queue's driver" vfio_ap "$(bound_to 05.0004)"
mdev_create $U1 $U2
assign $U1 adapter 16
accepted $MATRIX/$U1/assign_domain 0
assign $U2 adapter 0
refused EADDRNOTAVAIL $MATRIX/$U2/assign_domain 1
accepted $MATRIX/$U2/assign_domain 2
refused EADDRNOTAVAIL $MATRIX/$U2/assign_domain 1
expect "the first matrix" "10.0000" "$(matrix $U1)"
expect "the second matrix" "00.0002" "$(matrix $U2)"
note "its corners: adapters 15 and 16, domains 0, 1 and 2"
assign $U2 adapter 15
refused EADDRNOTAVAIL $MATRIX/$U2/assign_domain 1
accepted $MATRIX/$U1/assign_domain 1
refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 15
expect "the first matrix" "10.0000 10.0001" "$(matrix $U1)"

note "a queue of the host: a domain comes that it has kept"
sim "domain add 1"
rescan
settle "the new queue's driver" cex4queue bound_to 05.0001
mdev_create $U3
assign $U3 adapter 5 domain 4
guest vm $U3
guest_has vm $U3 "05.0004"
refused EADDRNOTAVAIL $MATRIX/$U3/assign_domain 1
guest_has vm $U3 "05.0004"
