# SPDX-License-Identifier: GPL-2.0-only
# The shipped unit, and systemd itself in a PID namespace of its own, with no more units than
# it needs: it reads units and udev rules at the speed of an emulated machine.
SHOWS="A12"
DESCRIPTION="have systemd restore a matrix after the bus has its drivers and before guests start"
REQUIRES="debian module apmatrix 6.12+"

shipped=/usr/lib/systemd/system
own=$WORK/units
restoring() { pgrep -f "apmatrix restore --boot" >/dev/null; }

free_for_guests 5
tool_expect 0 create first -u $U1 -a 5 -d 4 -c 4 --auto
tool_expect 0 remove first --keep-definition
note "a queue of the host waits for its driver"
unbind 0a.0004
note "the module is installed, and nobody loads it but the unit"
modules=/lib/modules/$(uname -r)
must install -D -t "$modules/updates" /lab/vfio_ap.ko
must depmod
must rmmod vfio_ap

mkdir -p $own/lab.target.wants $own/systemd-udev-trigger.service.d /sys/fs/cgroup
for unit in sysinit.target basic.target shutdown.target machines.target systemd-udevd.service \
	systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service; do
	must cp $shipped/$unit $own/
done
# the AP bus alone
printf '[Service]\nExecStart=\nExecStart=udevadm trigger --action=add -s ap -s matrix -s mdev\n' \
	>$own/systemd-udev-trigger.service.d/ap.conf
sed "s,/usr/sbin/apmatrix,$(command -v apmatrix)," /lab/apmatrix-restore.service \
	>$own/apmatrix-restore.service
# as a manager of guests comes
printf '[Unit]\nAfter=libvirt-guests.service\n' >$own/guest.service
printf '[Service]\nType=oneshot\nExecStart=/bin/cp %s %s\n' \
	$MATRIX/$U1/matrix $WORK/guest.saw >>$own/guest.service
printf '[Unit]\nBefore=guest.service\n[Service]\nType=oneshot\nExecStart=/bin/true\n' \
	>$own/libvirt-guests.service
printf '[Unit]\nWants=guest.service libvirt-guests.service systemd-udev-trigger.service\n' \
	>$own/lab.target
ln -s ../apmatrix-restore.service $own/lab.target.wants/

mountpoint -q /sys/fs/cgroup || must mount -t cgroup2 cgroup2 /sys/fs/cgroup
env container=lab SYSTEMD_UNIT_PATH=$own SYSTEMD_GENERATOR_PATH=/nowhere \
	unshare --pid --fork --mount --mount-proc --kill-child \
	/usr/lib/systemd/systemd --system --unit=lab.target </dev/null >$WORK/systemd.out 2>&1 &
daemons=$! daemons_end=-KILL
wait_for 90 restoring || give_up "systemd does not restore: $(cat $WORK/systemd.out)"
[ ! -e $MATRIX/$U1 ] || fail "it has not waited for the bus"
[ ! -e $WORK/guest.saw ] || fail "the guests have not waited for it"
put $BUS/drivers/cex4queue/bind 0a.0004
wait_for 60 test -e $WORK/guest.saw || fail "guests were not started: $(cat $WORK/systemd.out)"
expect "what a guest found" "05.0004" "$(words $WORK/guest.saw)"
expect "the matrix" "05.0004" "$(matrix)"
expect "its control domains" "0004" "$(control_domains)"
tool_expect 0 remove first
