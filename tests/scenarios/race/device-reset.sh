# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I5 I28 I29 I33"
DESCRIPTION="reset the devices of two guests, both at once, while their vCPUs use the queues"
REQUIRES="module apvmm"
CPUS=2
SLOW=6

. "$here/race.sh"
reset_both() {
	vmm two reset >$WORK/reset-two &
	vmm_expect ok one reset
	wait $!
	expect "reset of guest two, round $race_round" ok "$(cat $WORK/reset-two)"
}
race_begin
race_for 12 reset_both
race_end
