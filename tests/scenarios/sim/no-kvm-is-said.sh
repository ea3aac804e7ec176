# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="report in one line that there is no KVM to create a guest with"
REQUIRES="none apvmm"

must rmmod kvm
vmm_start
said=$(vmm vm vm)
status=$?
expect "status of apvmm" 1 $status
expect "its words" "fail ENOENT at /dev/kvm" "$said"
vmm_end
must modprobe kvm
vmm_start
guest_vm vm
