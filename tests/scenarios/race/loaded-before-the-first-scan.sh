# SPDX-License-Identifier: GPL-2.0-only
# Until its first scan is over, the AP bus does not scan on request. It creates the queues, binds
# them and, from 6.12 on, resets them and enables interrupts for the host. CI saw once that a queue
# was rebound before that.
SHOWS="part-1 C20"
DESCRIPTION="load the module before the first scan of the AP bus, then give its queues to a guest"
REQUIRES="ours apvmm 6.1+ two-cpus"
CPUS=2
SLOW=11

irqs() { grep '^05' $SIM/queues | grep -o 'irq=[a-z]*' | sort -u; }
zeroized() { sim_count ' host pqap.zapq.* 05.0004 rc=00'; }
scanned() { [ "$(cat $BUS/scans)" -gt 0 ]; }

# The oracle counts what the bus does to queues of guests, and does not call it a finding.
untouched() { expect "instructions of the bus on queues of guests" "$bus_before" "$(oracle bus)"; }

load_before_the_first_scan() {
	must rmmod vfio_ap
	sim "card del 5"
	rescan
	[ ! -e $BUS/devices/05.0004 ] || give_up "the queues are there still"
	sim "bus unscanned"
	sim "card add 5 type=cex8 mode=cca"
	must insmod /lab/vfio_ap.ko
	sim configchange
	expect "scans on request" 0 "$(cat $BUS/scans)"
	[ ! -e $BUS/devices/05.0004 ] || give_up "the bus has scanned"
	mdev_create
	assign $U1 adapter 5 domain 4 0x47
	expect "guest_matrix" ".0004 .0047" "$(guest_matrix)"
	sim_clear_log
	bus_before=$(oracle bus)
}

free_for_guests 5
note "the first scan"
load_before_the_first_scan
scan_every 5
wait_for 20 scanned || give_up "the bus does not scan"
guest
guest_has "05.0004 05.0047"
settle "whom its queues notify" "irq=off" irqs
check "the queue was zeroized" [ "$(zeroized)" -gt 0 ]
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
vmm_end
settle "whom its queues notify" "irq=off" irqs
untouched

scan_every "$scan_interval"
case $(uname -r) in
6.1.*)
	note "this bus initializes a queue for its driver only"
	exit
	;;
esac
note "nothing is rebound while the bus is about to initialize it"
mdev_remove
load_before_the_first_scan
must insmod /lab/pause.ko
pause ap_queue_init_state 5000000
scan_every 5
wait_for 20 pausing || give_up "the bus does not initialize a queue"
guest
pause release
wait_for 20 scanned || give_up "the bus does not scan"
guest_has "05.0004 05.0047"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
untouched
pause off
must rmmod pause
