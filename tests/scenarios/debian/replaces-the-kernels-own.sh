# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="replace the kernel's own vfio_ap when nothing uses it, and load that one again after removal"
REQUIRES="ours debian apmatrix apvmm"

# Copies our vfio_ap to the folder that dkms uses, and runs depmod. Then it checks at each step
# which module modprobe selects, which module is loaded (only ours has a version in sysfs), and
# what "apmatrix doctor" reports. While a guest uses the kernel's own module, rmmod and insmod
# must fail. After that, a reload must load ours, and after the removal of the copy, the kernel's
# own again. A root directory with a lockdown file of its own shows what doctor reports on a
# locked-down kernel.

release=$(uname -r)
updates=/lib/modules/$release/updates/dkms
own=$(find "/lib/modules/$release/kernel" -name 'vfio_ap.ko*')
[ -n "$own" ] || skip "$release has no vfio_ap of its own"

# only ours has a version
loaded() {
	[ -e /sys/module/vfio_ap ] || { echo none && return; }
	if [ -e /sys/module/vfio_ap/version ]; then echo ours; else echo "the kernel's"; fi
}
doctor_says() { # WHAT [OPTIONS...]
	doctor_what=$1
	shift
	tool_expect 0 "$@" doctor
	grep -Eq "^(note|problem) $doctor_what" $WORK/tool.out ||
		fail "no \"$doctor_what\" in: $(cat $WORK/tool.out)"
}
reload() {
	must rmmod vfio_ap
	must modprobe vfio_ap
}

note "before: the kernel's own"
expect "modprobe takes" "$own" "$(modinfo -F filename vfio_ap)"
reload
expect "loaded" "the kernel's" "$(loaded)"
doctor_says "module-is: vfio_ap is the kernel's own"

note "installed where dkms installs"
mkdir -p "$updates"
cp /lab/vfio_ap.ko "$updates/"
must depmod "$release"
expect "modprobe takes" "$updates/vfio_ap.ko" "$(modinfo -F filename vfio_ap)"
expect "still loaded" "the kernel's" "$(loaded)"
doctor_says "module-stale: $updates/vfio_ap.ko is installed, but a different one is loaded"

note "the kernel's own is used: refused"
mdev_create
guest
rmmod vfio_ap 2>$WORK/error && fail "a module that is used went away"
grep -q "in use" $WORK/error || fail "rmmod says: $(cat $WORK/error)"
insmod "$updates/vfio_ap.ko" 2>$WORK/error && fail "two modules of one name"
grep -q "File exists" $WORK/error || fail "insmod says: $(cat $WORK/error)"
expect "still loaded" "the kernel's" "$(loaded)"
[ -d $MATRIX/$U1 ] || fail "the mdev has gone"
vmm_end
mdev_remove

note "not used any more: replaced"
reload
expect "loaded" ours "$(loaded)"
doctor_says "module-is: vfio_ap [0-9.]* is the one of this package"
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
expect "the matrix" "05.0004" "$(matrix)"
mdev_remove

doctor_says "module-is: .* from $updates/vfio_ap.ko"
grep -q module-stale $WORK/tool.out && fail "not the one that is loaded: $(cat $WORK/tool.out)"
must rmmod vfio_ap
doctor_says "no-module: vfio_ap is not loaded; installed is $updates/vfio_ap.ko"
note "where the kernel is locked down, it would be refused"
mkdir -p "$WORK/locked/lib/modules/$release" $WORK/locked/proc/sys/kernel $WORK/locked/sys/kernel/security
# copies: below a root, a link cannot lead out of it
cp -r "/lib/modules/$release"/modules.* "${updates%/dkms*}" "$WORK/locked/lib/modules/$release/"
echo "$release" >$WORK/locked/proc/sys/kernel/osrelease
echo "none [integrity] confidentiality" >$WORK/locked/sys/kernel/security/lockdown
doctor_says "module-refused: .*vfio_ap.ko is not signed" --root $WORK/locked
must modprobe vfio_ap

note "removed: the kernel's own is back"
rm -rf "$updates"
must depmod "$release"
expect "modprobe would take" "$own" "$(modinfo -F filename vfio_ap)"
reload
expect "loaded" "the kernel's" "$(loaded)"

must rmmod vfio_ap
must insmod /lab/vfio_ap.ko
