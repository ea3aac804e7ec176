# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="reserve queues for guests and release them, by masks, and by overrides if the kernel supports them"
REQUIRES="module apmatrix"

drivers() { echo "$(bound_to 05.0004) $(bound_to 05.0047) $(bound_to 06.0004)"; }

tool_expect 0 pool reserve -a 5
settle "drivers" "vfio_ap vfio_ap cex4queue" drivers
note "masks cannot give one queue without another one"
tool_expect 4 pool reserve --apqn 06.0004
settle "drivers" "vfio_ap vfio_ap cex4queue" drivers
tool_expect 0 pool reserve --apqn 06.0004 --allow-extra
grep -q "1 other queue is affected: 0a.0004" $WORK/tool.err || fail "not told: $(cat $WORK/tool.err)"
settle "drivers" "vfio_ap vfio_ap vfio_ap" drivers
tool_expect 0 pool release -d 4
settle "drivers" "vfio_ap vfio_ap cex4queue" drivers
note "what a matrix has does not go back"
tool_expect 0 create -u $U1 -a 5 -d 4
tool_expect 5 pool release -a 5
settle "drivers" "vfio_ap vfio_ap cex4queue" drivers
tool_expect 0 remove $U1
tool_expect 0 pool release -a all -d all
expect "apmask" $ALL_ONES "$(words $BUS/apmask)"
expect "aqmask" $ALL_ONES "$(words $BUS/aqmask)"
settle "drivers" "cex4queue cex4queue cex4queue" drivers

if [ ! -e $BUS/devices/05.0004/driver_override ]; then
	tool_expect 7 pool reserve --apqn 05.0004 --method override
	exit 0
fi
note "single queues, by overrides"
tool_expect 0 pool reserve --apqn 05.0004
settle "drivers" "vfio_ap cex4queue cex4queue" drivers
note "which are not mixed with masks"
tool_expect 4 pool reserve -a 6 --method masks
refused EINVAL $BUS/apmask -6
tool_expect 0 pool reserve -a 6
settle "drivers" "vfio_ap cex4queue vfio_ap" drivers
tool_expect 0 create -u $U1 -a 5 -d 4
tool_expect 5 pool release --apqn 05.0004
tool_expect 4 assign $U1 -d 0x47
tool_expect 0 remove $U1
tool_expect 0 pool release -a all
settle "drivers" "cex4queue cex4queue cex4queue" drivers

note "undo of a release gives back the override that somebody else had set"
echo none >$BUS/devices/06.0004/driver_override
echo 06.0004 >$BUS/drivers/cex4queue/unbind
tool_expect 0 pool release --apqn 06.0004
settle "drivers" "cex4queue cex4queue cex4queue" drivers
tool_expect 0 undo
expect "override" none "$(cat $BUS/devices/06.0004/driver_override)"
expect "the host has no driver for it" "" "$(bound_to 06.0004)"
tool_expect 0 pool release --apqn 06.0004
settle "drivers" "cex4queue cex4queue cex4queue" drivers
note "a name in /run ends with its matrix"
tool_expect 0 create gone -u $U1
echo 1 >$MATRIX/$U1/remove
tool_expect 0 pool reserve --apqn 05.0004
tool_expect 0 pool release --apqn 05.0004
echo $U1 >$MATRIX/mdev_supported_types/vfio_ap-passthrough/create
tool_expect 3 show gone
tool_expect 0 remove $U1
