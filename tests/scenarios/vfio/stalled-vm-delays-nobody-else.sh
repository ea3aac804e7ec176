# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I2 I3 I4 I28"
DESCRIPTION="serve everybody else while the lock of one VM is held by KVM_SET_DEVICE_ATTR(CPU_MODEL)"
REQUIRES="ours apvmm"

. "$here/held.sh"
held_begin
held_delays_nobody_else hold_vm release_vm
