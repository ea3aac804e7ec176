# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A5!"
DESCRIPTION="accept every unambiguous form of ap_config, and refuse ambiguous ones"
REQUIRES="ours"

newline='
'
put $BUS/apmask 0x0
mdev_create
config() { # VALUE WANTED
	accepted $MATRIX/$U1/ap_config "$1"
	expect "ap_config" "$2" "$(ap_config)"
}
config "0x04,0x08,0x08" "$(mask 5),$(mask 4),$(mask 4)"
config "04,08,0" "$(mask 5),$(mask 4),$(mask)"
config "0x04${newline}0x08${newline}0x80${newline}" "$(mask 5),$(mask 4),$(mask 0)"
config "0x4,0x8$newline" "$(mask 1),$(mask 0),$(mask)"
before=$(ap_config)
for text in ,, , 0x04 0x04,,0x08 ,0x08,0x08 "0x04,0x08,0x08,0x08" "0x04,0x08,0x08 x" \
	"0x04,0x08,0x08${newline}x" "0x04,0x08,0x0g" "${ALL_ONES}f,0x08,0x08" "0x,0x08,0x08" \
	"0x04;0x08;0x08" "-5,4,4" "$ALL_ONES,$ALL_ONES,$ALL_ONES,$ALL_ONES"; do
	refused EINVAL $MATRIX/$U1/ap_config "$text"
done
expect "ap_config" "$before" "$(ap_config)"
