# SPDX-License-Identifier: GPL-2.0-only
# A lock that is held while an instruction takes its time would keep two of them at least that
# time apart.
SHOWS=""
DESCRIPTION="execute slow instructions of two guests on one queue at the same time"
REQUIRES="none apvmm two-cpus"
CPUS=2

sim "queue insn-latency 05.0004 10000"
for name in one two; do
	vmm_start $name
	guest_vm $name
	must vmm $name spin start tapq apqn=05.0004
done
# the shortest time between instructions of different guests, and of one guest, in us
closest() {
	awk '/pqap.tapq. 05.0004/ && $3 != "host" {
		if (last && $3 != who && (!other || $2 - last < other)) other = $2 - last
		if (seen[$3] && (!same || $2 - seen[$3] < same)) same = $2 - seen[$3]
		who = $3
		last = seen[$3] = $2
	}
	END { print int(other / 1000), int(same / 1000) }' $SIM/log
}
overlap() { set -- $(closest); [ "$1" != 0 ] && [ "$1" -lt 5000 ]; }
wait_for 20 overlap || fail "never two at a time: $(closest) us"
set -- $(closest)
note "apart: $1 us, of one guest $2 us"
[ "$2" -ge 10000 ] || fail "an instruction took $2 us, not 10000"
for name in one two; do
	vmm $name spin stop >/dev/null
	vmm_end $name
done
