# SPDX-License-Identifier: GPL-2.0-only
# The module looks whether a queue still has its driver, then has the queue rebound. A pause between
# the two lets the host take the queue: its driver is unbound then and bound again as masks say.
SHOWS="C20 D-13"
DESCRIPTION="rebind a queue that has changed to the driver of the host in the meantime"
REQUIRES="ours apvmm two-cpus"
CPUS=2

WORKS=/sys/devices/virtual/workqueue/cpumask
bound() { [ "$(bound_to 05.0048)" = "$1" ]; }

# taken_in PLACE DOMAIN: the host takes adapter 5 while the work pauses there, with a new queue
taken_in() {
	put $WORKS 2
	pause "vap_ap_device_is_ours 5000000 $1"
	sim "domain add $2"
	sim configchange
	rescan
	wait_for 20 pausing
	paused=$?
	put $WORKS 3
	[ $paused = 0 ] || give_up "the queue is not rebound"
	expect "driver" vfio_ap "$(bound_to 05.00${2#0x})"
	put $BUS/apmask +5
	expect "driver" cex4queue "$(bound_to 05.00${2#0x})"
	pausing || note "the pause was over before"
	sim_clear_log
	pause release
	wait_for 20 idle || give_up "the pause goes on"
	pause off
}
idle() { ! pausing; }

free_for_guests 5
must insmod /lab/pause.ko
# the pause stops CPU 1, where the module's works run; this script goes on on CPU 0
must taskset -p 1 $$
note "the host takes the adapter before the module looks"
taken_in "" 0x49
put $BUS/apmask -5
zapqs() { sim_count ' host pqap.zapq.* 05.0049 rc=00'; }
settle "ZAPQs since then: the bus's when the host lost it, and the module's" 2 zapqs
expect "driver" vfio_ap "$(bound_to 05.0049)"

note "the host takes it after that"
taken_in return 0x48
must rmmod pause
wait_for 20 bound cex4queue || fail "the host has lost its queue: $(bound_to 05.0048)"
for queue in 05.0004 05.0047 05.0048; do
	settle "driver of $queue" cex4queue bound_to $queue
done

note "and gives it back"
put $BUS/apmask -5
mdev_create
assign $U1 adapter 5 domain 0x48
settle "status" assigned status_of 05.0048
guest
guest_has "05.0048"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0048)"
