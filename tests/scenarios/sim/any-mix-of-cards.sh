# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="show the host each type of card in each mode, its facilities, and domains of both kinds"
REQUIRES="none"

# what the host has, for its queues to be few
sim "domain del 0x47,0xab,0xff"
sim "control add 0x47"
id=0x20 wanted= less=0
# these show the depth as TAPQ has it, from 0 on
case $LAB_KERNEL in 5.10 | 6.1) less=1 ;; esac
for type in 4 5 6 7 8; do
	for mode in ccaC ep11P accelA; do
		sim "card add $id type=cex$type mode=${mode%?} depth=$type"
		# CEX8 came with 5.17 or so
		[ "$type$LAB_KERNEL" != 85.10 ] || continue
		wanted="$wanted $(printf %02x $id):CEX$type${mode#${mode%?}}:$((type + 6)):$((type - less))"
		id=$((id + 1))
	done
done
sim "card add 0x40 type=cex7 mode=cca facilities=0x91000000"
sim configchange
rescan
wait_for 10 test -e $BUS/devices/40.0004 || fail "no queue 40.0004"
for card in $wanted; do
	device=$BUS/devices/card${card%%:*}
	wait_for 10 test -e "$device" || fail "no $device"
	expect "card ${card%%:*}: type, hardware type, depth" "${card#*:}" \
		"$(cat "$device"/type "$device"/hwtype "$device"/depth | tr '\n' ' ' |
			sed 's/ $//;s/ /:/g')"
done
expect "facilities of a card that was given them" 0x91000000 \
	"$(cat $BUS/devices/card40/ap_functions)"
expect "of an EP11 card" 0x07000000 "$(cat $BUS/devices/card06/ap_functions)"
expect "usage domains" "$(mask 4)" "$(cat $BUS/ap_usage_domain_mask)"
expect "control domains" "$(mask 4 0x47)" "$(cat $BUS/ap_control_domain_mask)"
