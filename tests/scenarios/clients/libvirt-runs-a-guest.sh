# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-12"
DESCRIPTION="have libvirt start a guest with a matrix, three times, and no second one with it"
REQUIRES="debian module"

guest_xml() { # NAME: its file's name
	cat >$WORK/"$1".xml <<-END
		<domain type='kvm'><name>$1</name><memory unit='MiB'>128</memory><vcpu>1</vcpu>
		<os><type arch='s390x' machine='s390-ccw-virtio'>hvm</type></os>
		<cpu mode='host-passthrough'/><devices>
		<emulator>/usr/bin/qemu-system-s390x</emulator>
		<controller type='usb' model='none'/><memballoon model='none'/>
		<hostdev mode='subsystem' type='mdev' model='vfio-ap'>
		<source><address uuid='$U1'/></source></hostdev></devices></domain>
	END
	echo $WORK/"$1".xml
}
has_it() {
	expect "the queue's status" "in use" "$(status_of 05.0004)"
	echo kvm-"$(cat /run/libvirt/qemu/one.pid)" >$WORK/vmm-one.log
	expect "the CRYCB" "05.0004 05.0047" "$(crycb_matrix one)"
}

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
libvirt
virsh_guest "define $(guest_xml one)" || give_up "define: $(cat $WORK/virsh.out)"
for turn in 1 2 3; do
	virsh_guest "start one --paused" || give_up "start: $(cat $WORK/virsh.out)"
	has_it
	if [ $turn = 1 ]; then
		virsh_guest "create $(guest_xml two) --paused" && fail "a second guest has the same mdev"
		grep -q "in use" $WORK/virsh.out || fail "a second guest: $(cat $WORK/virsh.out)"
		has_it
	fi
	virsh_guest "destroy one" || fail "destroy: $(cat $WORK/virsh.out)"
	settle "the queue's status" assigned status_of 05.0004
done
virsh_guest "undefine one" || fail "undefine: $(cat $WORK/virsh.out)"
