# SPDX-License-Identifier: GPL-2.0-only
# Follows docs/upgrade.md. The next version is the same module with another version in its
# modinfo section, which is all that dkms, modprobe and apmatrix compare.
SHOWS=""
DESCRIPTION="upgrade the module with matrices configured and a guest running, and go back to the older one"
REQUIRES="ours debian apmatrix apvmm"
SLOW=8

release=$(uname -r)
updates=/lib/modules/$release/updates/dkms
now=$(cat /sys/module/vfio_ap/version)
# as long as the present one
next=$(echo "$now" | tr '0-9' '9')
# next_to FILE: with the other version, source and all
next_to() {
	sed "s/\(.\)version=$now/\1version=$next/; s/srcversion=......./srcversion=FFFFFFF/" \
		/lab/vfio_ap.ko >"$1"
}
loaded() { cat /sys/module/vfio_ap/version; }
# as dkms does when the package of a new version is configured
install_version() {
	mkdir -p "$updates"
	if [ "$1" = "$next" ]; then next_to "$updates/vfio_ap.ko"; else cp /lab/vfio_ap.ko "$updates/"; fi
	must depmod "$release"
	expect "installed" "$1" "$(modinfo -F version vfio_ap)"
}
doctor_says() {
	tool_expect 0 doctor
	grep -Eq "^(note|problem) $1" $WORK/tool.out || fail "no \"$1\" in: $(cat $WORK/tool.out)"
}

# change_over FROM TO: the procedure
change_over() {
	note "from $1 to $2: installed while the guest runs"
	install_version "$2"
	expect "loaded" "$1" "$(loaded)"
	guest_has vm $U1 "05.0004"
	doctor_says "module-stale: .*/updates/dkms/vfio_ap.ko is installed, but a different one is loaded"
	note "the guest can be changed; the module cannot be unloaded"
	tool_expect 0 assign first -d 0x47
	guest_has vm $U1 "05.0004 05.0047"
	tool_expect 0 unassign first -d 0x47 --allow-loss
	modprobe -r vfio_ap 2>$WORK/error && fail "it was unloaded"
	grep -q "in use" $WORK/error || fail "modprobe -r says: $(cat $WORK/error)"
	guest_has vm $U1 "05.0004"
	note "matrices that have no definition get one; guests end; it is loaded again"
	expect "third, at boot" "" "$(apmatrix show third --field start)"
	tool_expect 0 define third --manual
	vmm_end
	tool_expect 0 wait all --state idle --timeout 30
	apmatrix show all >$WORK/before
	must modprobe -r vfio_ap
	must modprobe vfio_ap
	expect "loaded" "$2" "$(loaded)"
	doctor_says "module-is: vfio_ap $2 is the one of this package, .*from .*/updates/dkms/vfio_ap.ko"
	tool_expect 0 restore first second third
	apmatrix show all >$WORK/after
	expect "the matrices" "" "$(diff $WORK/before $WORK/after)"
	guest
	guest_has vm $U1 "05.0004"
}

free_for_guests 5,6
tool_expect 0 create first -u $U1 -a 5 -d 4 --auto
tool_expect 0 create second -u $U2 -a 6 -d 4 --manual
tool_expect 0 create third -u $U3 -a 6 -d 0x47 -c 4
guest
change_over "$now" "$next"
note "the way back"
tool_expect 0 undefine third
change_over "$next" "$now"

vmm_end
tool_expect 0 remove all
rm -rf "$updates"
must depmod "$release"
must rmmod vfio_ap
must insmod /lab/vfio_ap.ko
