# SPDX-License-Identifier: GPL-2.0-only
# The AP bus zeroizes a queue when its driver is unbound, and ignores the answer. If the queue was
# busy, the attributes of its device are those of a queue that the bus has left, while it goes on to
# notify the host: only the hardware tells. Such a queue is not taken for one that was left. (5.10
# rebinds all queues.)
SHOWS="part-1 C20"
DESCRIPTION="load the module: rebind queues that notify the host still, or are about to"
REQUIRES="ours apvmm 6.1+"

zapqs() { sim_count " host pqap.zapq.* $1 rc=00"; }
rest() { ! grep '^05' $SIM/queues | grep -q 'state=reset'; }

must rmmod vfio_ap
expect "whom they notify" "host host" "$(irq_of 05.0004) $(irq_of 05.0047)"
sim "inject 05.0004 fc=zapq rc=05"
free_for_guests 5
wait_for 10 rest
expect "whom they notify, unbound" "host off" "$(irq_of 05.0004) $(irq_of 05.0047)"
expect "its driver" "" "$(bound_to 05.0004)"

sim_clear_log
must insmod /lab/vfio_ap.ko
settle "ZAPQ: of the bus when it is rebound, and the module's" 2 zapqs 05.0004
expect "ZAPQ of a queue that was left" 1 "$(zapqs 05.0047)"
expect "its driver" vfio_ap "$(bound_to 05.0004)"
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
guest_has "05.0004 05.0047"
expect "whom they notify" "off off" "$(irq_of 05.0004) $(irq_of 05.0047)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"

note "one whose interrupts the bus is enabling, which the hardware does not show yet"
vmm_end
mdev_remove
must rmmod vfio_ap
sim "card config 6 standby"
sim configchange
sim "queue irq-latency 06.0004 100000000"
sim "card config 6 on"
sim configchange
is_enabling() { grep -q "Enable Interrupt pending" $BUS/devices/06.0004/interrupt; }
# the bus of 6.1 begins with that when it has something else to do
wait_for 2 is_enabling || sim bus reclaim 06.0004
wait_for 10 is_enabling || give_up "the bus does not enable interrupts"
sim "inject 06.0004 fc=zapq rc=05"
free_for_guests 5,6
expect "whom it notifies, unbound" off "$(irq_of 06.0004)"
sim_clear_log
must insmod /lab/vfio_ap.ko
sim "queue irq-latency 06.0004 0"
settle "ZAPQ: of the bus when it is rebound, and the module's" 2 zapqs 06.0004
expect "its driver" vfio_ap "$(bound_to 06.0004)"
