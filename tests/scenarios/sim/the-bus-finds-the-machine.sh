# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="let the kernel's AP bus find the simulated machine with all its cards and queues"
REQUIRES="none"

devices() { # PATTERN
	found=
	for device in $BUS/devices/$1; do
		found="$found ${device##*/}"
	done
	echo "${found# }"
}
expect "cards" "card05 card06 card0a" "$(devices 'card??')"
expect "queues" "05.0004 05.0047 05.00ab 05.00ff 06.0004 06.0047 06.00ab 06.00ff \
0a.0004 0a.0047 0a.00ab 0a.00ff" \
	"$(devices '??.????')"
# the newest cards that this kernel's bus knows: CEX8 came with 5.17 or so
newest=8
[ "$LAB_KERNEL" != 5.10 ] || newest=7
expect "types" "CEX${newest}C CEX${newest}P CEX${newest}A" \
	"$(cat $BUS/devices/card05/type $BUS/devices/card06/type $BUS/devices/card0a/type |
		words /dev/stdin)"
expect "hwtype" $((newest + 6)) "$(cat $BUS/devices/card05/hwtype)"
expect "adapters of the host" "$(mask 5 6 0xa)" "$(cat $BUS/ap_adapter_mask)"
expect "usage domains of the host" "$(mask 4 0x47 0xab 0xff)" "$(cat $BUS/ap_usage_domain_mask)"
expect "control domains of the host" "$(mask 4 0x47 0xab 0xff)" "$(cat $BUS/ap_control_domain_mask)"
[ ! -e $BUS/bindings ] ||
	expect "bindings" "12/12 (complete)" "$(cat $BUS/bindings)"
expect "queues of zcrypt" 12 "$(queues_of_driver cex4queue | wc -w)"
