# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-1 part-B R-17 R-17t I11"
DESCRIPTION="unregister the guest's ISC of each AQIC at KVM exactly once, for every way to end it"
REQUIRES="ours apvmm"
CPUS=2
SLOW=6

T=/sys/kernel/tracing
# By register, and the return by itself: old kernels know no arguments there.
for pair in "take took kvm_s390_gisc_register" "give gave kvm_s390_gisc_unregister"; do
	set -- $pair
	echo "p:lab_$1 $3 kvm=%r2:x64 isc=%r3:u32" >>$T/kprobe_events &&
		echo "r:lab_$2 $3 ret=\$retval:s32" >>$T/kprobe_events ||
		give_up "no probe on $3"
done
echo 1 >$T/events/kprobes/enable

# What KVM counts, seen from outside: "ISC:references ..." of all guests since the
# last look at an empty log; "wrong" stands for a call that KVM refused.
held() {
	awk '
	/lab_(took|gave)/ && /ret=-/ { print "wrong" }
	/lab_(take|give)/ {
		for (f = 1; f <= NF; f++)
			if (split($f, pair, "=") == 2)
				value[pair[1]] = pair[2]
		count[value["isc"]] += /lab_take/ ? 1 : -1
		kvm[value["kvm"] " " value["isc"]] += /lab_take/ ? 1 : -1
	}
	END {
		for (one in kvm)
			if (kvm[one] < 0)
				print "given back to another VM"
		for (isc = 0; isc < 8; isc++)
			if (count[isc])
				printf "%s%d:%d", n++ ? " " : "", isc, count[isc]
	}' $T/trace
}
taken() { grep -c 'lab_take:' $T/trace; }
enable() { # APQN ISC [RC]
	expect "AQIC of $1 with ISC $2" "${3:-00}" "$(said rc vm aqic on apqn="$1" isc="$2")"
}
begin() {
	echo >$T/trace
	guest
	read -r log <$WORK/vmm-vm.log
	[ -e "$DBF/$log" ] || fail "KVM keeps no log of $log: its end could not be seen"
	enable_all
}
enable_all() {
	enable 05.0004 3
	enable 05.0047 3
	enable 05.00ab 5
	settle "references" "3:2 5:1" held
}
# leaves HELD WHAT COMMAND...
leaves() {
	left=$1 what=$2
	shift 2
	"$@" || fail "$*"
	settle "references after: $what" "$left" held
}
vm_is_gone() { [ ! -e "$DBF/$log" ]; }
end() {
	[ ! -e $WORK/vmm-vm/pid ] || vmm_end
	settle "references after its end" "" held
	wait_for 5 vm_is_gone || fail "KVM still has the VM"
}
again_and_wrongly() {
	enable 05.0004 3 07
	enable 05.0047 6 07
	count=$(taken)
	expect "AQIC without a NIB" 06 "$(said rc vm aqic on apqn=05.0004 nib=0)"
	expect "registrations for it" "$count" "$(taken)"
}
refused_by_the_hardware() {
	vmm vm aqic off apqn=05.0004
	for rc in 05 02 04; do
		sim "inject 05.0004 fc=aqic rc=$rc count=1"
		vmm vm aqic on apqn=05.0004 isc=6
	done
}
zapq_and_enable() {
	vmm vm zapq apqn=05.00ab
	settle "the end of the reset" 00 said rc vm tapq apqn=05.00ab
	enable 05.00ab 2
}
taken_by_the_host() {
	sim "card del 5"
	sim configchange
	rescan
}
remove() {
	echo 1 >$MATRIX/$U1/remove &
	remover=$!
	vmm vm detach
	wait $remover
	[ ! -e $MATRIX/$U1 ] || fail "the mdev is still there"
}
closevm_and_detach() {
	vmm vm closevm
	[ -e "$DBF/$log" ] || fail "KVM has given up a VM whose device is open"
	vmm vm detach
}

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47 0xab

note "while the guest runs"
begin
leaves "3:1 5:1" "aqic off" vmm vm aqic off apqn=05.0004
enable 05.0004 3
leaves "3:2 5:1" "enabled again, and wrongly" again_and_wrongly
leaves "3:1 5:1" "refused by the hardware" refused_by_the_hardware
enable 05.0004 3
leaves "2:1 3:2" "zeroized by the guest and enabled again" zapq_and_enable
leaves "" "VFIO_DEVICE_RESET" vmm vm reset
enable_all
leaves "3:1 5:1" "unassigned" put $MATRIX/$U1/unassign_domain 4
assign $U1 domain 4
enable 05.0004 3
leaves "" "one queue unbound, its adapter filtered" unbind 05.0047
bind 05.0047
enable_all
leaves "" "taken by the host" taken_by_the_host
sim "card add 5 type=cex8 mode=cca"
sim configchange
rescan
settle "guest_matrix" "05.0004 05.0047 05.00ab" full_guest_matrix
enable_all
leaves "" "the NIB's memory unmapped" vmm vm mem unmap 0 0x1000000
end

note "at its end"
begin
leaves "" "the device closed" vmm vm detach
end
begin
leaves "" "the VM closed, then the device" closevm_and_detach
end
begin
leaves "" "the VMM killed" vmm_kill
end
begin
leaves "" "the mdev removed" remove
end
mdev_create
assign $U1 adapter 5 domain 4 0x47 0xab

note "after its end: queues whose reset and interrupts never end keep their VM till they do"
begin
sim "queue stuck 05.* on"
sim "inject 05.* fc=aqic rc=05 count=0"
leaves "3:2 5:1" "the device closed" vmm vm detach
vmm_end
[ -e "$DBF/$log" ] || fail "KVM has given up a VM whose interrupts are on"
sim "queue stuck 05.0004 off"
settle "references after the first was zeroized" "3:1 5:1" held
sim "queue stuck 05.* off; inject 05.* fc=aqic rc=00"
end

echo 0 >$T/events/kprobes/enable
for probe in take took give gave; do
	echo "-:lab_$probe" >>$T/kprobe_events
done
