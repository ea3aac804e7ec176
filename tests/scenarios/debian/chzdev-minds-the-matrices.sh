# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-06 C-07"
DESCRIPTION="keep chzdev from taking an mdev's queue, and accept the masks of its manual page"
REQUIRES="debian module"

must chzdev -a -t ap apmask=-5,-0x20-0x22 >$WORK/chzdev.out
expect "apmask" 0xfbffffff1fffffffffffffffffffffffffffffffffffffffffffffffffffffff \
	"$(cat $BUS/apmask)"
mdev_create
assign $U1 adapter 5 domain 4
before=$(cat $BUS/apmask)
chzdev -a -t ap apmask=+5 >$WORK/chzdev.out 2>&1 && fail "chzdev: $(cat $WORK/chzdev.out)"
expect "apmask" "$before" "$(cat $BUS/apmask)"
expect "the queue's driver" vfio_ap "$(bound_to 05.0004)"
chzdev -a -f -t ap apmask=+5 >$WORK/chzdev.out 2>&1
expect "apmask, forced" "$before" "$(cat $BUS/apmask)"
