# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-1 K-13 R-04"
DESCRIPTION="keep a device working after its group is closed, and clean up when the device is closed"
REQUIRES="module apvmm"

# The VMM closes the VFIO group, the device and the VM in four different orders. In each order,
# the status of the queue and the guest's matrix show whether the device still has its queues. At
# the end of each order, the queue must be assigned and reset, its interrupts must be off (both
# according to the simulator), and KVM must have freed the VM: its debug log is gone. At last, a
# new guest must get the queue.

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest_by=
vm_is_gone() { [ ! -e "$DBF/$log" ]; }
begin() {
	note "$*"
	guest
	read -r log <$WORK/vmm-vm.log
	expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
}
end() {
	settle "status at the end" assigned status_of 05.0004
	expect "interrupts at the end" irq=off \
		"$(grep '^05.0004' $SIM/queues | grep -o 'irq=[a-z]*')"
	sim_did 'host pqap.zapq. 05.0004' >/dev/null || fail "no reset of 05.0004"
	wait_for 5 vm_is_gone || fail "KVM still has the VM"
	vmm_end
	sim_clear_log
}

begin "the group alone: the device goes on"
vmm_expect ok vm closegroup
guest_has "05.0004"
vmm_expect ok vm reset
expect "rc of TAPQ" 00 "$(said rc vm tapq apqn=05.0004)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
assign $U1 domain 0x47
guest_has "05.0004 05.0047"
unassign $U1 domain 0x47
guest_has "05.0004"
sim_clear_log
vmm_expect ok vm closevm
expect "status, with the device alone" "in use" "$(status_of 05.0004)"
vmm_expect ok vm close
end

begin "the group, the device, then the VM"
vmm_expect ok vm closegroup
vmm_expect ok vm close
settle "status without the device" assigned status_of 05.0004
settle "the CRYCB" "" crycb_matrix
vmm_expect ok vm closevm
end

begin "KVM is told first that the group goes: the device keeps its VM"
vmm_expect ok vm kvm del
guest_has "05.0004"
vmm_expect ok vm closegroup
guest_has "05.0004"
vmm_expect ok vm close
settle "the CRYCB" "" crycb_matrix
vmm_expect ok vm closevm
end

begin "the VM, then the group: the device keeps its queues"
vmm_expect ok vm closevm
vmm_expect ok vm closegroup
expect "status, with the device alone" "in use" "$(status_of 05.0004)"
vmm_expect ok vm close
end

note "the next one finds it free"
guest
guest_has "05.0004"
