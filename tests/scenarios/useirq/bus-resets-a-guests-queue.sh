# SPDX-License-Identifier: GPL-2.0-only
# With ap.useirq=0 nothing shows that the bus has reset a queue after it was bound: no interrupts
# are enabled. The reset takes the messages of the guest away, and gives nothing to anybody.
SHOWS="C20 I34"
DESCRIPTION="let a guest keep a queue that the AP bus has reset without enabling interrupts"
REQUIRES="ours apvmm 6.1+"

told() { dmesg | grep -c "reinitialised by the AP bus"; }
bus_resets() { sim_count ' host pqap.rapq.* 05.0004'; }

grep -q "ap.useirq=0" /proc/cmdline || give_up "the kernel has no ap.useirq=0"
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"

note "the bus"
sim_clear_log
sim bus reclaim 05.0004
expect "resets by the bus" 1 "$(bus_resets)"
settle "whom the queue notifies" off irq_of 05.0004
guest_has "05.0004"

note "the guest goes on, once it enables interrupts again as after any reset"
expect "DQAP" 10 "$(said rc vm dqap apqn=05.0004)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "whom the queue notifies" guest "$(irq_of 05.0004)"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
expect "DQAP" 0 "$(said cc vm dqap apqn=05.0004)"
expect "lines in the log" 0 "$(told)"

note "a queue that the bus creates is rebound and reset, as otherwise"
sim "domain add 0x48"
sim configchange
rescan
assign $U1 domain 0x48
guest_has "05.0004 05.0048"
check "it was zeroized" [ "$(sim_count ' host pqap.zapq.* 05.0048 rc=00')" -gt 0 ]
