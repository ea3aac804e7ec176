# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="show the host cards that are deconfigured, in standby or checkstopped"
REQUIRES="none"

attribute() { cat $BUS/devices/"$1"; }
# the bus of 5.10 does not know it
chkstop() { # WANTED
	[ ! -e $BUS/devices/card06/chkstop ] ||
		settle "chkstop of card 6" "$1" attribute card06/chkstop
}
sim "card config 5 off"
sim "card checkstop 6 on"
sim "card config 0xa standby"
rescan
settle "config of card 5" 0 attribute card05/config
chkstop 1
settle "config of card 10" 0 attribute card0a/config
expect "the simulator" "deconfig chkstop deconfig" \
	"$(sed -n 's/^..\.0004.* state=\([a-z]*\).*/\1/p' $SIM/queues | words /dev/stdin)"
sim "card config 5,0xa on"
sim "card checkstop 6 off"
rescan
settle "config of card 5" 1 attribute card05/config
chkstop 0
