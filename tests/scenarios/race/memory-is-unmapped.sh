# SPDX-License-Identifier: GPL-2.0-only
# A pause where a page is unpinned: vCPUs that disable interrupts free records meanwhile.
SHOWS="I11 I12 I33 C12"
DESCRIPTION="unmap and map memory of two guests while their vCPUs enable interrupts into it"
REQUIRES="ours apvmm"
CPUS=2
SLOW=7

. "$here/race.sh"
# Nothing notifies a guest in memory that is not mapped.
notifying() { sed -n "s/^\($1\.....\) .*irq=guest.*/\1/p" $SIM/queues; }
remap() { # NAME ADAPTER
	vmm_expect ok "$1" mem unmap 0 0x1000000
	expect "queues of guest $1 with interrupts on, round $race_round" "" "$(notifying "$2")"
	vmm_expect ok "$1" mem map 0 0x1000000
}
# There is something to unmap again: pages are not pinned for a while after an unmap.
pinned() { echo $(($(race_calls vfio_pin_pages) - $(race_pins_failed))); }
pinned_since() { [ "$(pinned)" -gt $(($1 + 10)) ]; }
remap_both() {
	remap two 06 >$WORK/remap-two &
	remap one 05
	wait $!
	! grep "^not ok" $WORK/remap-two || fail "guest two"
	wait_for 20 pinned_since "$(pinned)" || fail "no interrupts in round $race_round"
}
race_begin
race_pause vfio_unpin_pages 2000
race_for 4 remap_both
race_paused 10
race_end
