# SPDX-License-Identifier: GPL-2.0-only
# Until its first scan is over, the AP bus does not scan on request, so the module cannot wait
# for one. The bus creates the queues, binds them, resets them and enables interrupts for the host.
SHOWS="part-1 C20"
DESCRIPTION="load the module before the first scan of the AP bus, then give its queues to a guest"
REQUIRES="ours apvmm 6.1+"

irqs() { grep '^05' $SIM/queues | grep -o 'irq=[a-z]*' | sort -u; }
zeroized() { sim_count ' host pqap.zapq.* 05.0004 rc=00'; }
scanned() { [ "$(cat $BUS/scans)" -gt 0 ]; }

free_for_guests 5
read -r interval <$BUS/config_time
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

note "the first scan"
sim_clear_log
put $BUS/config_time 5
wait_for 20 scanned || give_up "the bus does not scan"
guest
guest_has "05.0004 05.0047"
settle "whom its queues notify" "irq=off" irqs
check "the queue was zeroized" [ "$(zeroized)" -gt 0 ]
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
vmm_end
settle "whom its queues notify" "irq=off" irqs
put $BUS/config_time "$interval"
