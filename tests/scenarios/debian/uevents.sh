# SPDX-License-Identifier: GPL-2.0-only
# K-16
DESCRIPTION="tell user space that an mdev comes and goes"
REQUIRES="debian module"

udevadm monitor -k -p >$WORK/events &
monitor=$!
wait_for 5 test -s $WORK/events || fail "no monitor"
mdev_create
mdev_remove
seen() { grep -q "^KERNEL.*$1 .*$U1" $WORK/events; }
wait_for 5 seen add || fail "no add event"
wait_for 5 seen remove || fail "no remove event"
kill $monitor
