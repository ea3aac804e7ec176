# SPDX-License-Identifier: GPL-2.0-only
# The vCPU does nothing but AQIC: PQAP was its last interception when its VMM is killed, and KVM's
# interception code says so for ever. Before Linux 5.15 the module reads that code to see whether a
# vCPU may be in its hook. If so, it keeps the VM, and with that the group of VFIO.
SHOWS="I30 R-13"
DESCRIPTION="end a VM whose last instruction was PQAP when its VMM is killed"
REQUIRES="ours apvmm"
CPUS=2

vms() { ls -d /sys/kernel/debug/kvm/*-* 2>/dev/null | wc -l; }
has_run() { [ "$(said executed vm spin stat cpu=1)" -gt 10 ]; }

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
for round in 1 2 3 4; do
	guest
	must vmm vm spin start aqic off apqn=05.0004 cpu=1
	wait_for 20 has_run || give_up "the vCPU does not run: $(vmm vm spin stat cpu=1)"
	vmm_kill
	settle "VMs after round $round" 0 vms
	[ "$(vms)" = 0 ] || give_up "the VM is still there"
done
