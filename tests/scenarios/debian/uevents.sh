# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-16"
DESCRIPTION="report to user space that an mdev was created or removed"
REQUIRES="debian module"

udevadm monitor -k -p >$WORK/events &
monitor=$!
check "udevadm monitor listens" wait_for 5 test -s $WORK/events
mdev_create
mdev_remove
seen() { grep -q "^KERNEL.*$1 .*$U1" $WORK/events; }
check "an add event" wait_for 5 seen add
check "a remove event" wait_for 5 seen remove
kill $monitor
