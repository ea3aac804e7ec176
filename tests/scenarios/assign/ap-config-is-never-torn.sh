# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C11~"
DESCRIPTION="read a consistent ap_config while it is written"
REQUIRES="module"
CPUS=2

free_for_guests 5,6
mdev_create
one="$(mask 5),$(mask 4 0xff),$(mask 0 255)" two="$(mask 6),$(mask 0x47),$(mask 128)"
put $MATRIX/$U1/ap_config "$one"
reader() {
	while [ ! -e $WORK/done ]; do
		read -r text <$MATRIX/$U1/ap_config
		[ "$text" = "$one" ] || [ "$text" = "$two" ] || echo "torn: $text"
	done >$WORK/torn
}
reader &
for turn in $(seq 40); do
	put $MATRIX/$U1/ap_config "$two"
	put $MATRIX/$U1/ap_config "$one"
done
: >$WORK/done
wait $!
expect "what is neither of the two" "" "$(head -n 3 $WORK/torn)"
