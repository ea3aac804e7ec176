# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-11"
DESCRIPTION="accept the mask forms of the kernel document, refuse bad ones and change nothing"
REQUIRES="module"

put $BUS/apmask 0x41
expect "0x41" "$(mask 1 7)" "$(cat $BUS/apmask)"
put $BUS/apmask $ALL_ONES
put $BUS/apmask +0,-6,+0x47,-0xf0
expect "+0,-6,+0x47,-0xf0" 0xfdffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fff \
	"$(cat $BUS/apmask)"
for text in ${ALL_ONES}f +300 xyz; do
	refused EINVAL $BUS/apmask $text
done
expect "after the bad ones" 0xfdffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fff \
	"$(cat $BUS/apmask)"
