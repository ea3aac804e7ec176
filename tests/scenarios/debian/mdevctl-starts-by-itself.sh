# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-12 K-16"
DESCRIPTION="let udev and mdevctl start matrices with automatic start when the module is loaded again"
REQUIRES="debian ours"
SLOW=5

free_for_guests 5,6
first=$(definition adapter 5 domain 4 control_domain 4)
must mdevctl define -p matrix -u $U1 --jsonfile "$first"
must mdevctl modify -u $U1 --auto
must mdevctl define -p matrix -u $U2 --jsonfile "$(definition adapter 6 domain 4)"
note "Debian's rule calls mdevctl where its package has not put it"
[ -e /usr/sbin/mdevctl ] || must ln -s "$(command -v mdevctl)" /usr/sbin/mdevctl
udev
must rmmod vfio_ap
must insmod /lab/vfio_ap.ko
started() {
	[ -e $MATRIX/$U1/matrix ] && [ "$(matrix)" = 05.0004 ] && [ "$(control_domains)" = 0004 ]
}
wait_for 30 started || fail "not started: $(cat $WORK/udevd.out $WORK/syslog)"
expect "the matrix" "05.0004" "$(matrix)"
[ ! -e $MATRIX/$U2 ] || fail "the other one was started, too"
must udevadm settle
must mdevctl stop -u $U1
must mdevctl undefine -u $U1
must mdevctl undefine -u $U2
