# SPDX-License-Identifier: GPL-2.0-only
# A queue that the bus treats as its own has to be rebound; one that a driver has left has not.
# The attributes of the queue tell the two apart. (The bus of 5.10 does not tell in an attribute of
# its driver whether it uses interrupts: all queues are rebound.)
SHOWS="part-1"
DESCRIPTION="load the module: bind queues once that the AP bus has left, rebind those that it uses"
REQUIRES="ours 6.1+"

at_rest() { ! grep '^05' $SIM/queues | grep -qE 'irq=host|state=reset'; }
zapqs() { sim_count " host pqap.zapq.* $1"; }
scans() { [ ! -e $BUS/scans ] || cat $BUS/scans; }

free_for_guests 5
wait_for 10 at_rest || give_up "the queues are not at rest"
must rmmod vfio_ap

note "drivers have left them: one reset, no scan"
sim_clear_log
scan_every 120	# no scan is due meanwhile
before=$(scans)
must insmod /lab/vfio_ap.ko
wait_for 10 at_rest || give_up "the queues are not at rest"
settle "ZAPQ" 1 zapqs 05.0004
for queue in 05.0004 05.0047 05.00ab 05.00ff; do
	expect "ZAPQ of $queue" 1 "$(zapqs $queue)"
	expect "driver of $queue" vfio_ap "$(bound_to $queue)"
done
expect "scans of the bus" "$before" "$(scans)"
must rmmod vfio_ap

note "the bus began to initialize one of them: it goes on once a driver has it, so it is rebound"
sim bus reclaim 05.0004
grep -q "Reset in progress" $BUS/devices/05.0004/reset || give_up "the bus did not take it"
sim_clear_log
must insmod /lab/vfio_ap.ko
settle "ZAPQ of a queue that the bus uses" 2 zapqs 05.0004
wait_for 10 at_rest || fail "the bus still uses it"
expect "ZAPQ of another" 1 "$(zapqs 05.0047)"
expect "driver" vfio_ap "$(bound_to 05.0004)"
mdev_create
assign $U1 adapter 5 domain 4
settle "guest_matrix" "05.0004" guest_matrix

note "the bus saw the card deconfigured: it initializes the queues again when it sees that it is back"
mdev_remove
must rmmod vfio_ap
sim "card config 5 standby"
sim configchange
sim "card config 5 on"
expect "config, says the bus" 0 "$(cat $BUS/devices/05.0004/config)"
sim_clear_log
must insmod /lab/vfio_ap.ko
settle "ZAPQ of a queue that the bus will initialize" 2 zapqs 05.0004
settle "ZAPQ of one that the bus has left in order" 2 zapqs 05.0047
