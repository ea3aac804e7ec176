# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="give queues to a guest with two commands: create and export, for libvirt and for QEMU"
REQUIRES="debian module apmatrix"

free_for_guests 5,6
libvirt
cat >$WORK/one.xml <<-END
	<domain type='kvm'><name>one</name><memory unit='MiB'>128</memory><vcpu>1</vcpu>
	<os><type arch='s390x' machine='s390-ccw-virtio'>hvm</type></os>
	<cpu mode='host-passthrough'/><devices>
	<emulator>/usr/bin/qemu-system-s390x</emulator>
	<controller type='usb' model='none'/><memballoon model='none'/></devices></domain>
END
virsh_guest "define $WORK/one.xml; start one --paused" || give_up "start: $(cat $WORK/virsh.out)"
echo kvm-"$(cat /run/libvirt/qemu/one.pid)" >$WORK/vmm-one.log

note "two commands, while the guest runs"
tool_expect 0 create web1 -u $U1 --queues 2
apmatrix export web1 --as hostdev |
	virsh -q -c qemu:///system attach-device one /dev/stdin --live --config \
		>$WORK/virsh.out 2>&1 || fail "attach-device: $(cat $WORK/virsh.out)"
queues="$(matrix)"
expect "how many queues" 2 "$(echo $queues | wc -w)"
expect "the CRYCB" "$queues" "$(crycb_matrix one)"
expect "the matrix of the guest" web1 "$(apmatrix show guest:one --field name)"
expect "the guest" "one" "$(apmatrix show web1 --json | jq -r '.matrices[0].guest_info.name')"
apmatrix assign web1 -a 6 >$WORK/tool.out || fail "assign: $(cat $WORK/tool.out)"
grep -q "guest one gets 06.0004, 06.0047" $WORK/tool.out || fail "said: $(cat $WORK/tool.out)"
settle "the CRYCB after an assign" "05.0004 05.0047 06.0004 06.0047" crycb_matrix one

note "what is not in use is idle, even without a queue"
virsh_guest "destroy one; undefine one" || fail "destroy: $(cat $WORK/virsh.out)"
apmatrix wait web1 --state idle --timeout 60 || fail "it is not idle"
tool_expect 0 unassign web1 -a all
expect "the state" idle "$(apmatrix show web1 --field state)"

note "the same for QEMU"
tool_expect 0 assign web1 -a 5
# the options are words
# shellcheck disable=SC2046
qemu $(apmatrix export web1 --as qemu)
expect "the CRYCB of QEMU" "05.0004 05.0047" "$(crycb_matrix qemu)"
