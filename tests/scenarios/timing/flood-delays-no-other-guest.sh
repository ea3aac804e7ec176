# SPDX-License-Identifier: GPL-2.0-only
# Three vCPUs of a guest execute AP instructions without pauses, as in hostile/guest-floods. The
# guest's clock counts instructions, so that other load of this machine does not change the times of
# the other guest's AQIC. Its vCPU sleeps before each, and preempts the others when it wakes up,
# whatever they are at.
SHOWS="I10 I28 I33"
DESCRIPTION="take no longer for AQIC of a guest while another one executes AP instructions without pauses"
REQUIRES="ours apvmm"

AQICS=1000
# aqics WHEN: sets median and p99
aqics() {
	said=$(vmm good latency apqn=05.0004 count=$AQICS pause=300)
	expect "AQICs of the other guest, $1" "$AQICS $AQICS" \
		"$(answer count "$said") $(answer good "$said")"
	median=$(answer median_us "$said")
	p99=$(answer p99_us "$said")
	note "figures: AQIC of the other guest, $1: median $median us, p99 $p99 us," \
		"longest $(answer max_us "$said") us; without what it waits for the CPU:" \
		"p99 $(answer own_p99_us "$said") us, longest $(answer own_max_us "$said") us"
}

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4 0x47
assign $U2 adapter 6 domain 4 0x47
guest good $U1
guest bad $U2
aqics "idle"
idle_median=$median idle_p99=$p99
[ "$idle_median" -gt 0 ] || fail "the clock does not measure"
for cpu in 1 2 3; do
	must vmm bad hostile seed=$cpu cpu=$cpu
done
: >$WORK/guest-ran
aqics "flooded"
check "median of $median us: less than 2 times that of the idle machine, $idle_median us" \
	[ "$median" -lt $((2 * idle_median)) ]
check "99th percentile of $p99 us: less than 5 times that of the idle machine, $idle_p99 us" \
	[ "$p99" -lt $((5 * idle_p99)) ]
for cpu in 1 2 3; do
	said=$(vmm bad spin stop cpu=$cpu)
	[ "$(answer executed "$said")" -ge $AQICS ] || fail "vCPU $cpu: $said"
	note "figures: $(answer executed "$said") hostile instructions on vCPU $cpu"
done
