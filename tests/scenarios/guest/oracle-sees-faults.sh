# SPDX-License-Identifier: GPL-2.0-only
# Positive controls of the oracle: lab/faulty commits each fault through the real interfaces. Each
# way in which the oracle learns of events is used: the probes on KVM, on VFIO and on freed pages,
# the CRYCB at an entry into SIE, the masks of the entry, the notifier of the AP bus, and the
# address of the host's instructions.
SHOWS=""
DESCRIPTION="report each fault of a driver, for each way in which the oracle can detect it"
REQUIRES="ours apvmm 6.1+ two-cpus"
CPUS=2
oracle_may_find="leaks sharings unclean unbound trespasses stale interrupts"

FAULTY=/sys/kernel/debug/faulty
faulty() { put $FAULTY "$*"; }
vm_id() { sed 's/kvm-//' $WORK/vmm-"$1".log; }
findings() { oracle findings; }
# only KIND COUNT WHAT: exactly these were found since the last time
only() {
	expect "$3: $1" "$2" "$(oracle "$1")"
	expect "$3: findings in all" "$2" "$(findings)"
	oracle_clear
}

must insmod /lab/faulty.ko
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
vmm_start other
guest_vm other
vm=$(vm_id vm) other=$(vm_id other)
expect "TAPQ" 00 "$(said rc vm tapq apqn=05.0004)"
expect "findings before" 0 "$(findings)"

faulty masks "$other" 05.0004
only sharings 1 "an APQN given to a VM that has never run"
faulty masks "$other" none
faulty crycb "$other" 05.0047
expect "findings before the entry" 0 "$(findings)"
vmm other tapq apqn=05.0047 >/dev/null
only sharings 1 "an APQN written to a CRYCB without KVM"
faulty crycb "$other" none
vmm other tapq apqn=05.0047 >/dev/null
oracle_clear

faulty masks "$other" 06.0004
expect "sharings with the host" 1 "$(oracle sharings)"
expect "unbound" 1 "$(oracle unbound)"
oracle_clear
faulty masks "$other" none
unbind 06.0004
# the bus's own reset of it has to be over
clean() { grep -q "^$1.*state=ok.*irq=off taint=none" $SIM/queues; }
wait_for 10 clean 06.0004 || fail "06.0004 is not reset"
faulty masks "$other" 06.0004
only unbound 1 "an APQN without a driver"
put $BUS/drivers_probe 06.0004
expect "driver of 06.0004" cex4queue "$(bound_to 06.0004)"
expect "sharings when the host's driver is bound" 1 "$(oracle sharings)"
faulty masks "$other" none
faulty zapq 06.0004
oracle_clear

faulty rapq 05.0004
only trespasses 1 "RAPQ by another module"
settle "TAPQ" 00 said rc vm tapq apqn=05.0004
faulty zapq 05.0004
only trespasses 1 "ZAPQ by another module"
settle "TAPQ" 00 said rc vm tapq apqn=05.0004
oracle_clear
# With a queue that has no driver: vfio_ap looks at those that were bound to it a short time
# ago, and rebinds them if their interrupts are enabled.
unbind 06.0047
wait_for 10 clean 06.0047 || fail "06.0047 is not reset"
faulty masks "$vm" 06.0047
oracle_clear
faulty aqic host 06.0047
expect "trespasses: AQIC by another module" 1 "$(oracle trespasses)"
only_irq() { sed -n 's/^interrupt 06.0047 \([a-z]*\) .*/\1/p' $SIM/oracle | words /dev/stdin; }
expect "interrupts for the host on a guest's queue" owner "$(only_irq)"
faulty rapq 06.0047
settle "TAPQ" 00 said rc vm tapq apqn=06.0047
oracle_clear
faulty aqic "$other" 06.0047
expect "interrupts to another guest, into a page that is not pinned" "owner binding page" "$(only_irq)"
oracle_clear
faulty free
only interrupts 1 "a page freed while the queue notifies into it"
faulty rapq 06.0047
settle "TAPQ" 00 said rc vm tapq apqn=06.0047
faulty zapq 06.0047
settle "TAPQ" 00 said rc vm tapq apqn=06.0047
faulty masks "$vm" 05.0004
oracle_clear

must vmm vm spin start tapq apqn=05.0004
faulty crycb "$vm" none
faulty crycb "$vm" 05.0004
stale() {
	faulty crycb "$vm" none
	short_nap
	faulty crycb "$vm" 05.0004
	[ "$(oracle stale)" != 0 ]
}
wait_for 10 stale || fail "no instruction under masks of a CRYCB that has changed was reported"
vmm vm spin stop >/dev/null
oracle_clear

faulty masks "$vm" 05.0004
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
faulty masks "$vm" none
expect "findings when it has lost the queue" 0 "$(findings)"
faulty masks "$other" 05.0004
only unclean 1 "a queue given to the next guest as it was"
vmm other nqap apqn=05.0004 >/dev/null
only leaks 1 "data of another guest in the queue"
faulty masks "$other" none
vmm_end other
vmm_end
must rmmod faulty
