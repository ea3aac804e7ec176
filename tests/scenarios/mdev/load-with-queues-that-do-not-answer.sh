# SPDX-License-Identifier: GPL-2.0-only
# The module asks the hardware whether the AP bus has left a queue. One that is being reset, or
# whose card was deconfigured a moment ago, does not say: it is rebound. (5.10 rebinds all queues.)
SHOWS="part-1 C20"
DESCRIPTION="load the module: rebind queues that do not say whom they notify"
REQUIRES="ours apvmm 6.1+"

rest() { ! grep '^0[56]' $SIM/queues | grep -v '^05.00ab' | grep -q 'state=reset'; }

must rmmod vfio_ap
sim "queue stuck 05.00ab on"
sim "card checkstop 0xa on"
sim configchange
free_for_guests 5,6,0xa
wait_for 20 rest || fail "the queues do not settle"
expect "one is still being reset" reset \
	"$(sed -n 's/^05.00ab .*state=\([a-z]*\).*/\1/p' $SIM/queues)"
note "the bus does not know yet that the other card was deconfigured"
sim "card config 6 standby"
note "nor that this one is not checkstopped any more: it will initialize its queues"
sim "card checkstop 0xa off"
expect "chkstop, says the bus" 1 "$(cat $BUS/devices/0a.0004/chkstop)"
must insmod /lab/vfio_ap.ko
rebound() { grep -q "unbind $1" $DBF/vfio_ap/sprintf; }
wait_for 10 rebound 05.00ab || fail "05.00ab is not rebound"
wait_for 10 rebound 06.0004 || fail "06.0004 is not rebound"
wait_for 10 rebound 0a.0004 || fail "0a.0004 is not rebound"
check "05.0047, which was left, is not rebound" eval '! rebound 05.0047'

note "they come when their reset is over, and when the card is operational"
sim "queue stuck 05.00ab off"
sim "card config 6 on"
sim configchange
rescan
mdev_create
assign $U1 adapter 5 6 0xa domain 0x47 0xab
guest
guest_has "05.0047 05.00ab 06.0047 06.00ab 0a.0047 0a.00ab"
for queue in 05.00ab 06.00ab 0a.00ab; do
	expect "NQAP to $queue" 0 "$(said cc vm nqap apqn=$queue)"
done
