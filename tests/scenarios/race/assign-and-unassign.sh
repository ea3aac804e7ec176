# SPDX-License-Identifier: GPL-2.0-only
# A pause before the APCB is written: what follows from a change must not happen before that.
SHOWS="I1 I2 I5 I6 I13 I33"
DESCRIPTION="swap the adapters of two guests while their vCPUs use all queues"
REQUIRES="module live apvmm"
CPUS=2
SLOW=6

. "$here/race.sh"
swap() {
	unassign $U1 adapter 5
	unassign $U2 adapter 6
	assign $U1 adapter 6
	assign $U2 adapter 5
	unassign $U1 adapter 6
	unassign $U2 adapter 5
	assign $U2 adapter 6
	assign $U1 adapter 5
}
race_begin
race_pause vap_apcb_write 5000
race_for 12 swap
race_paused 12
race_end
