# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# kernel-update.sh: boots of a new kernel, played with systemd, dkms and the modules that dkms built
# (/lab/built). The kernel's own vfio_ap is mainline's, which the lab has loaded from /lab. Between
# two boots the modules and matrices go, and the unit of dkms and the shipped one for matrices are
# started again, in the order that they ask for.
. /lab/tests/lib/ktap.sh
. /lab/tests/lib/scenario.sh
ktap_begin
mkdir -p $WORK
release=$(uname -r)
modules=/lib/modules/$release
updates=$modules/updates/dkms
shipped=/usr/lib/systemd/system
own=$WORK/units
name=$(sed -n 's/^PACKAGE_NAME="\(.*\)"/\1/p' /lab/source/dkms.conf)
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' /lab/source/dkms.conf)
unit=apmatrix-restore.service

loaded() {
	[ -e /sys/module/vfio_ap ] || { echo none && return; }
	if [ -e /sys/module/vfio_ap/version ]; then echo ours; else echo "the kernel's"; fi
}
# in_it COMMAND...: in the namespaces of that systemd, which answers nobody else
in_it() { nsenter -t "$(pgrep -P $systemd)" -p -m -- "$@" 2>>$WORK/in_it.out; }
all_gone() {
	for each in /sys/bus/mdev/devices/*; do
		[ ! -e "$each" ] || put "$each/remove" 1
	done
	for each in vfio_ap mdev; do
		[ ! -e /sys/module/$each ] || must rmmod $each
	done
}
# boots: the units start; sets result to the status of the tool, and journal to what it said
boots() {
	all_gone
	in_it systemctl reset-failed
	in_it systemctl restart dkms.service $unit >$WORK/systemctl.out 2>&1
	result=$(in_it systemctl show -P ExecMainStatus $unit)
	journalctl --sync
	# what came since the last boot
	journalctl -q -o cat --cursor-file=$WORK/cursor _TRANSPORT=stdout + \
		_TRANSPORT=journal >$WORK/journal
}
said() { grep -q "$1" $WORK/journal || fail "not in the journal: \"$1\": $(cat $WORK/journal)"; }
not_said() { ! grep "$1" $WORK/journal || fail "it is in the journal"; }
install_built() {
	mkdir -p "$modules/updates"
	cp -r "/lab/built/$release/dkms" "$modules/updates/"
	depmod "$release"
}

# ---- a machine with that kernel, whose own vfio_ap is loaded ----

mkdir -p "$modules/kernel/lab"
for module in vfio_ap mdev; do
	[ -e /lab/$module.ko ] || continue
	# what modpost adds to modules of the kernel's own tree
	must objcopy --dump-section .modinfo=$WORK/modinfo /lab/$module.ko $WORK/$module.ko
	printf 'intree=Y\0' >>$WORK/modinfo
	must objcopy --update-section .modinfo=$WORK/modinfo $WORK/$module.ko \
		"$modules/kernel/lab/$module.ko"
done
must depmod "$release"
must dkms add /lab/source
expect "dkms" "$name/$version: added" "$(dkms status)"
free_for_guests 5
must apmatrix create first -u $U1 -a 5 -d 4 --auto
must apmatrix remove first --keep-definition

[ -s /etc/machine-id ] || echo 0123456789abcdef0123456789abcdef >/etc/machine-id
mkdir -p $own /run/log/journal /run/systemd/journal /sys/fs/cgroup
mountpoint -q /sys/fs/cgroup || must mount -t cgroup2 cgroup2 /sys/fs/cgroup
/usr/lib/systemd/systemd-journald >$WORK/journald.out 2>&1 &
daemons=$!
wait_for 60 test -S /run/systemd/journal/socket || give_up "no journal: $(cat $WORK/journald.out)"
for each in sysinit.target basic.target shutdown.target machines.target; do
	must cp $shipped/$each $own/
done
# as RHEL, Fedora and SLES have it
cat >$own/dkms.service <<END
[Unit]
Description=Builds modules of a kernel that is booted for the first time
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh $WORK/dkms-at-boot
[Install]
WantedBy=multi-user.target
END
sed "s,/usr/sbin/apmatrix,$(command -v apmatrix)," /lab/apmatrix-restore.service >$own/$unit
printf '[Unit]\nDescription=Nothing yet\n' >$own/lab.target
env container=lab SYSTEMD_UNIT_PATH=$own SYSTEMD_GENERATOR_PATH=/nowhere \
	unshare --pid --fork --mount --mount-proc --kill-child \
	/usr/lib/systemd/systemd --system --unit=lab.target </dev/null >$WORK/systemd.out 2>&1 &
systemd=$!
daemons="$systemd $daemons" daemons_end=-KILL
wait_for 90 in_it systemctl is-active -q lab.target || give_up "systemd: $(cat $WORK/systemd.out)"
echo "dkms autoinstall -k $release" >$WORK/dkms-at-boot

note "without headers: dkms cannot build"
mv "$modules/build" "$modules/later"
boots
expect "loaded" "the kernel's" "$(loaded)"
expect "the unit's status" 7 "$result"
check "the unit has failed" in_it systemctl is-failed -q $unit
said "the loaded vfio_ap is not the one of this package, which is not built for this kernel"
expect "the matrix" "05.0004" "$(matrix)"
apmatrix list >$WORK/list 2>&1
grep -q "not the one of this package" $WORK/list || fail "list is silent: $(cat $WORK/list)"

note "a kernel that cannot be served"
mkdir -p "$modules/build/include/config"
grep -v '^CONFIG_VFIO=' "$modules/later/include/config/auto.conf" \
	>"$modules/build/include/config/auto.conf"
cp "$modules/later/.config" "$modules/later/Module.symvers" "$modules/build/"
echo "$release" >"$modules/build/include/config/kernel.release"
boots
expect "loaded" "the kernel's" "$(loaded)"
expect "the unit's status" 7 "$result"
said "^vfio_ap: .*has no VFIO"
said "the loaded vfio_ap is not the one of this package, which is not built for this kernel"
expect "the matrix" "05.0004" "$(matrix)"

note "the same, where the administrator wants no matrix without the module"
echo "stock-module = refuse" >/etc/apmatrix.conf
boots
expect "the unit's status" 7 "$result"
said "no matrix is started: the loaded vfio_ap is not the one of this package"
[ ! -e $MATRIX/$U1 ] || fail "it was started"
rm /etc/apmatrix.conf

note "the headers come later, while that kernel runs, and dkms installs the module"
boots
rm -r "$modules/build"
mv "$modules/later" "$modules/build"
install_built
expect "still loaded" "the kernel's" "$(loaded)"
expect "the matrix" "05.0004" "$(matrix)"
apmatrix list >$WORK/list 2>&1
grep -q "not the one of this package, which is installed as $updates/vfio_ap.ko" $WORK/list ||
	fail "list: $(cat $WORK/list)"
apmatrix doctor >$WORK/doctor
grep -q "^problem module-stale" $WORK/doctor || fail "doctor: $(cat $WORK/doctor)"
note "while a guest has a matrix of the kernel's own, that one stays"
guest
! rmmod vfio_ap 2>$WORK/error || fail "a module that is in use was removed"
grep -q "in use" $WORK/error || fail "rmmod says: $(cat $WORK/error)"
! insmod "$updates/vfio_ap.ko" 2>$WORK/error || fail "two modules of one name"
grep -q "File exists" $WORK/error || fail "insmod says: $(cat $WORK/error)"
expect "still loaded" "the kernel's" "$(loaded)"
vmm_end
echo "true" >$WORK/dkms-at-boot
boots
expect "loaded at the next boot" ours "$(loaded)"
expect "the unit's status" 0 "$result"
not_said "not the one of this package"
expect "the matrix" "05.0004" "$(matrix)"

note "headers before the boot: dkms builds at boot, and the matrices wait for it"
all_gone
rm -r "$updates"
depmod "$release"
mkfifo $WORK/built
cat >$WORK/dkms-at-boot <<END
echo building >$WORK/building
read -r _ <$WORK/built
mkdir -p $modules/updates
cp -r /lab/built/$release/dkms $modules/updates/
depmod $release
END
boots &
wait_for 60 test -e $WORK/building || fail "dkms.service is not started"
expect "while dkms builds" none "$(loaded)"
echo built >$WORK/built
wait $!
expect "loaded" ours "$(loaded)"
expect "the unit's status" 0 "$(in_it systemctl show -P ExecMainStatus $unit)"
expect "the matrix" "05.0004" "$(matrix)"

note "the module is removed from dkms: the kernel's own is back"
echo "true" >$WORK/dkms-at-boot
rm -r "$updates"
depmod "$release"
boots
expect "loaded" "the kernel's" "$(loaded)"
expect "the unit's status" 7 "$result"
expect "the matrix" "05.0004" "$(matrix)"

note "a kernel without a vfio_ap of its own, before the module is built"
rm -r "$modules/kernel/lab"
depmod "$release"
boots
expect "loaded" none "$(loaded)"
expect "the unit's status" 7 "$result"
said "cannot load vfio_ap"

must apmatrix undefine first -q
end_daemons
ktap_end
