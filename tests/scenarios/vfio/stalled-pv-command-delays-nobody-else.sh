# SPDX-License-Identifier: GPL-2.0-only
# KVM takes the VM's lock for all commands of KVM_S390_PV_COMMAND at one place. Here it is held
# by KVM_PV_INFO, whose argument KVM copies from a page that is not there, and then by
# KVM_PV_ENABLE, for which KVM waits as long as the Ultravisor is busy. The simulator's Ultravisor
# refuses at last: what KVM does with a protected guest is not shown.
SHOWS="I2 I3 I4 I28"
DESCRIPTION="serve everybody else while the lock of one VM is held by KVM_S390_PV_COMMAND"
REQUIRES="ours apvmm"
CPUS=2
SLOW=6

. "$here/held.sh"
held_begin
# a vCPU runs before, as KVM leaves it to the VMM to start others after such a command
guest_has "05.0004"
uv_on
# 5.10 has no KVM_PV_INFO.
if grep -q "^5\." /proc/sys/kernel/osrelease; then
	note "no KVM_PV_INFO in this kernel"
else
	note "KVM_PV_INFO"
	held_delays_nobody_else "hold_vm vm pv" release_vm
	bind 05.0004
	put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4),$(mask)"
	guest_has "05.0004"
fi

note "KVM_PV_ENABLE"
held_delays_nobody_else hold_by_ultravisor release_by_ultravisor
