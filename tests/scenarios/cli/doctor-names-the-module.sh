# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="report whose module is loaded, what is incomplete and how to complete it"
REQUIRES="module apmatrix apvmm"

found() { grep -qE "^(note|problem) $1: $2" $WORK/tool.out || fail "no $1 in: $(cat $WORK/tool.out)"; }
absent() { ! grep -qE "^(note|problem) $1:" $WORK/tool.out || fail "$1 in: $(cat $WORK/tool.out)"; }

tool_expect 0 doctor
cat $WORK/tool.out
if [ "$LAB_MODULE" = ours ]; then
	found module-is "vfio_ap [0-9.]+ is the one of this package"
	absent no-hotplug
else
	found module-is "vfio_ap is (the kernel's own|neither the kernel's nor the one of this package)"
fi
found no-pool
absent no-ap-bus
absent no-kvm
absent no-cards
free_for_guests 5,6
tool_expect 0 create -u $U1 -a 5
tool_expect 0 doctor
found regime
found half-configured "$U1 has adapters, but no domains"
tool_expect 0 assign $U1 -a 6 -d 4
guest
unbind 06.0004
tool_expect 9 doctor --exit-code
if [ -e $MATRIX/$U1/guest_matrix ]; then
	found queues-missing "$U1: 1 of 2"
else
	found guest-unseen "this vfio_ap has no features attribute"
fi
found queues-unbound "06.0004 without a driver"
absent half-configured
sim card config 0xa off
sim configchange
wait_for 5 [ "$(cat /sys/devices/ap/card0a/config)" = 0 ]
tool_expect 0 doctor
found card-off "adapter 0x0a"
bind 06.0004
