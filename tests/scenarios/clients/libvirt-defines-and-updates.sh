# SPDX-License-Identifier: GPL-2.0-only
# The daemon of libvirt runs in the guest and finds the devices by udev. virsh defines, starts,
# updates and removes node devices; after each step the attributes in sysfs are compared.
SHOWS="T-08 T-09 T-10 T-11"
DESCRIPTION="describe, create, define, start and update matrices and queues by libvirt"
REQUIRES="debian module apvmm"

name_of() { echo "mdev_$(echo "$1" | tr - _)_matrix"; }
mdev=$(name_of $U1)
# xml UUID [adapter ID...] [domain ID...] [control_domain ID...]: its file's name
xml() {
	xml_uuid=$1
	xml_file=$(mktemp $WORK/xml-XXXXXX)
	shift
	{
		echo "<device><name>$(name_of "$xml_uuid")</name><parent>ap_matrix</parent>"
		echo "<capability type='mdev'><type id='vfio_ap-passthrough'/><uuid>$xml_uuid</uuid>"
		for xml_word; do
			case $xml_word in
			adapter | domain | control_domain) xml_kind=$xml_word ;;
			*) echo "<attr name='assign_$xml_kind' value='$xml_word'/>" ;;
			esac
		done
		echo "</capability></device>"
	} >"$xml_file"
	echo "$xml_file"
}
does() { virsh_node "$1" || fail "virsh $1: $(cat $WORK/virsh.out)"; }
said() { words $WORK/virsh.out | sed 's/> *</></g'; }
# says WHAT TEXT: it is part of what virsh said
says() { case "$(said)" in *"$2"*) note "$1: $2" ;; *) fail "$1: wanted $2, got $(said)" ;; esac; }
attrs() {
	sed -n "s/.*attr name='assign_\(.*\)' value='\(.*\)'.*/\1=\2/p" $WORK/virsh.out |
		words /dev/stdin
}
is_gone() { [ ! -e $MATRIX/$U1 ]; }

free_for_guests 5,6
libvirt

note "what the documents of libvirt's own tests say, with these numbers"
does "nodedev-list --cap ap_matrix; nodedev-dumpxml ap_matrix; nodedev-dumpxml ap_card05;
	nodedev-dumpxml ap_05_0004"
says "the matrix" "<device><name>ap_matrix</name><path>$MATRIX</path><parent>computer</parent>\
<driver><name>vfio_ap</name></driver><capability type='ap_matrix'>\
<capability type='mdev_types'><type id='vfio_ap-passthrough'>\
<name>VFIO AP Passthrough Device</name><deviceAPI>vfio-ap</deviceAPI>\
<availableInstances>65536</availableInstances></type></capability></capability></device>"
says "a card" "<device><name>ap_card05</name><path>/sys/devices/ap/card05</path>\
<parent>computer</parent><driver><name>cex4card</name></driver><capability type='ap_card'>\
<ap-adapter>0x05</ap-adapter></capability></device>"
says "a queue" "<device><name>ap_05_0004</name><path>/sys/devices/ap/card05/05.0004</path>\
<parent>ap_card05</parent><driver><name>vfio_ap</name></driver>\
<capability type='ap_queue'><ap-adapter>0x05</ap-adapter><ap-domain>0x0004</ap-domain>\
</capability></device>"

note "created, and gone"
does "nodedev-create $(xml $U1 adapter 5 domain 4 control_domain 4)"
expect "the matrix" "05.0004" "$(matrix)"
expect "the control domains" 0004 "$(control_domains)"
does "nodedev-list --cap mdev; nodedev-dumpxml $mdev"
says "libvirt's list" "$mdev <device><name>$mdev</name><path>$MATRIX/$U1</path>"
does "nodedev-destroy $mdev"
is_gone || fail "it is still there"

note "defined, and started by itself or by hand"
does "nodedev-define $(xml $U1 adapter 5 domain 4); nodedev-autostart $mdev;
	nodedev-list --cap mdev --inactive; nodedev-dumpxml --inactive $mdev"
says "what is inactive" "$mdev <device>"
expect "libvirt's attributes" "adapter=5 domain=4" "$(attrs)"
expect "mdevctl's definition" auto "$(jq -r .start /etc/mdevctl.d/matrix/$U1)"
is_gone || fail "it was started"
does "nodedev-autostart --disable $mdev; nodedev-start $mdev"
expect "the matrix" "05.0004" "$(matrix)"
state() {
	virsh_node "nodedev-info $mdev"
	awk '/^(Active|Persistent|Autostart):/ { print $2 }' $WORK/virsh.out | words /dev/stdin
}
settle "active, persistent, started by itself" "yes yes no" state

note "updated while a guest runs"
callout
guest
guest_has 05.0004
changes=$(crycb_changes)
does "nodedev-update $mdev $(xml $U1 adapter 5 6 domain 4 0x47) --live --config;
	nodedev-dumpxml --inactive $mdev"
guest_has "05.0004 05.0047 06.0004 06.0047"
expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
expect "the definition" "adapter=5 adapter=6 domain=4 domain=0x47" "$(attrs)"

note "refused: the host's, another's, nobody's"
mdev_create $U2
assign $U2 adapter 5 domain 0xab
virsh_node "nodedev-update $mdev $(xml $U1 adapter 5 0xa domain 4) --live;
	nodedev-update $mdev $(xml $U1 adapter 5 domain 4 0xab) --live;
	nodedev-update $(name_of $U3) $(xml $U3 adapter 5 domain 4) --live" && fail "all was done"
says "the host's" EADDRNOTAVAIL
says "another's" EADDRINUSE
says "nobody's" "no node device"
guest_has "05.0004 05.0047 06.0004 06.0047"
vmm_end
does "nodedev-destroy $mdev; nodedev-undefine $mdev"
is_gone || fail "it is still there"
[ ! -e /etc/mdevctl.d/matrix/$U1 ] || fail "its definition is still there"
