# SPDX-License-Identifier: GPL-2.0-only
# Three vCPUs of a guest execute AP instructions without pauses, as in hostile/guest-floods. The
# guest's clock counts instructions, so that other load of this machine does not change the times of
# the other guest's AQIC. Its vCPU sleeps before each, and preempts the others when it wakes up,
# whatever they are at.
SHOWS="I10 I28 I33"
DESCRIPTION="take no longer for AQIC of a guest while another one executes AP instructions without pauses"
REQUIRES="ours apvmm no-checkers"

. "$here/flood.sh"

AQICS=1000
# aqics WHEN: sets median and p99
aqics() {
	flood_aqics "$1" $AQICS pause=300
	median=$(answer median_us "$flood_said")
	p99=$(answer p99_us "$flood_said")
	note "figures: without what it waits for the CPU:" \
		"p99 $(answer own_p99_us "$flood_said") us, longest $(answer own_max_us "$flood_said") us"
}

flood_guests
aqics "idle"
idle_median=$median idle_p99=$p99
[ "$idle_median" -gt 0 ] || fail "the clock does not measure"
flood_begin
aqics "flooded"
check "median of $median us: less than 2 times that of the idle machine, $idle_median us" \
	[ "$median" -lt $((2 * idle_median)) ]
check "99th percentile of $p99 us: less than 5 times that of the idle machine, $idle_p99 us" \
	[ "$p99" -lt $((5 * idle_p99)) ]
flood_end $AQICS
