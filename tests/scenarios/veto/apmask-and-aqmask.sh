# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-10 part-11 D-03 R-19 I4 I24"
DESCRIPTION="veto a change of the host's masks that would take an mdev's queue, and name the queue"
REQUIRES="module"

free_for_guests 5,6 4
mdev_create
assign $U1 adapter 5 domain 0x47
apmask=$(cat $BUS/apmask) aqmask=$(cat $BUS/aqmask)
refused EBUSY $BUS/apmask +5
refused EBUSY $BUS/apmask $ALL_ONES
expect "apmask" "$apmask" "$(cat $BUS/apmask)"
expect "its driver" vfio_ap "$(bound_to 05.0047)"
dmesg | grep -q "05.0047" || fail "the log does not name 05.0047"
dmesg | grep "05.0047" | grep -q $U1 || fail "the log does not name the mdev"
accepted $BUS/apmask +6
expect "a card that nobody has" cex4queue "$(bound_to 06.0047)"
expect "aqmask" "$aqmask" "$(cat $BUS/aqmask)"
unassign $U1 adapter 5
accepted $BUS/apmask +5
expect "its driver, once given back" cex4queue "$(bound_to 05.0047)"
