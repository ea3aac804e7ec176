# SPDX-License-Identifier: GPL-2.0-only
# A pause where AQIC has pinned a page and not yet enabled interrupts: the queue may leave its guest
# meanwhile.
SHOWS="I2 I5 I13 I20 I33"
DESCRIPTION="move queues between two guests by ap_config while their vCPUs use them"
REQUIRES="ours apvmm"
CPUS=2
SLOW=10

. "$here/race.sh"
config() { put $MATRIX/"$1"/ap_config "$2,$3,$(mask)"; }
five=$(mask 5) six=$(mask 6) both=$(mask 5 6)
low=$(mask 4) high=$(mask 0x47) all=$(mask 4 0x47)
# from a row of queues for each guest to a column, and back
turn() {
	config $U1 "$five" "$low"
	config $U2 "$six" "$high"
	config $U1 "$both" "$low"
	config $U2 "$both" "$high"
	config $U1 "$five" "$low"
	config $U2 "$six" "$high"
	config $U2 "$six" "$all"
	config $U1 "$five" "$all"
}
race_begin
race_pause vfio_pin_pages 10000 return
race_for 8 turn
race_paused 8
race_end
