# SPDX-License-Identifier: GPL-2.0-only
# The bus is found by one of its cards, or in the code of the function that registers drivers.
SHOWS="part-1 I31"
DESCRIPTION="load the module on a host that has no card, and pass through what comes"
REQUIRES="ours apvmm"

free_for_guests 5
cards=$(grep '^card add' $SIM/control)
must rmmod vfio_ap
sim "$(echo "$cards" | sed 's/^card add \([^ ]*\).*/card del \1/')"
sim configchange
expect "devices of the bus" "" "$(ls $BUS/devices)"
must insmod /lab/vfio_ap.ko
sim "$cards"
sim configchange
settle "the driver" vfio_ap bound_to 05.0004
mdev_create
assign $U1 adapter 5 domain 4
guest
settle "guest_matrix" "05.0004" full_guest_matrix
guest_has "05.0004"
