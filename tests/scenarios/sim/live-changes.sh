# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="add and remove cards and domains in the host's configuration, as an SE would"
REQUIRES="none"

sim "card add 0x10-0x11 type=cex6 mode=ep11"
sim "domain add 9"
sim configchange
rescan
wait_for 5 test -e $BUS/devices/11.0009 || fail "no queue 11.0009"
expect "the type" CEX6P "$(cat $BUS/devices/card10/type)"
expect "adapters" "$(mask 5 6 0xa 0x10 0x11)" "$(cat $BUS/ap_adapter_mask)"
sim "card del 0x10"
sim "domain del 4"
sim configchange
rescan
gone() { [ ! -e $BUS/devices/card10 ] && [ ! -e $BUS/devices/05.0004 ]; }
wait_for 5 gone || fail "what was taken is still there"
[ -e $BUS/devices/05.0047 ] || fail "another domain is gone as well"
