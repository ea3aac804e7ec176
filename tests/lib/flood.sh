# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=busybox disable=SC2154
#
# What scenarios of floods share: guest good (mdev $U1), whose AQICs are measured, and guest bad
# (mdev $U2), three vCPUs of which execute AP instructions without pauses.

# flood_guests: good has adapter 5, bad has 6, both have domains 4 and 0x47
flood_guests() {
	free_for_guests 5,6
	mdev_create $U1 $U2
	assign $U1 adapter 5 domain 4 0x47
	assign $U2 adapter 6 domain 4 0x47
	guest good $U1
	guest bad $U2
}

# flood_begin: vCPUs 1 to 3 of bad execute any AP instructions with any registers
flood_begin() {
	for flood_cpu in 1 2 3; do
		must vmm bad hostile seed=$flood_cpu cpu=$flood_cpu
	done
	: >$WORK/guest-ran
}

# flood_aqics WHEN COUNT [OPTION...]: AQICs of good, all answered with response code 00. Their
# times are in $flood_said.
flood_aqics() {
	flood_when=$1 flood_count=$2
	shift 2
	flood_said=$(vmm good latency apqn=05.0004 count=$flood_count "$@")
	expect "AQICs of the other guest, $flood_when" "$flood_count $flood_count" \
		"$(answer count "$flood_said") $(answer good "$flood_said")"
	note "figures: AQIC of the other guest, $flood_when:" \
		"median $(answer median_us "$flood_said") us, p99 $(answer p99_us "$flood_said") us," \
		"longest $(answer max_us "$flood_said") us"
}

# flood_end LEAST: each vCPU of the flood has executed so many instructions
flood_end() {
	for flood_cpu in 1 2 3; do
		flood_said=$(vmm bad spin stop cpu=$flood_cpu)
		[ "$(answer executed "$flood_said")" -ge "$1" ] ||
			fail "vCPU $flood_cpu: $flood_said"
		note "figures: $(answer executed "$flood_said") hostile instructions on vCPU $flood_cpu"
	done
}
