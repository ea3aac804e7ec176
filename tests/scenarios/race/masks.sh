# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I4 I5 I13 I24 I33 part-10 part-11"
DESCRIPTION="give queues to the host and back by its masks while vCPUs use them"
REQUIRES="ours apvmm"
CPUS=2
SLOW=6

. "$here/race.sh"
# What a guest has lost is zeroized when the write returns.
to_the_host_and_back() {
	refused EBUSY $BUS/apmask +6
	unassign $U1 adapter 5
	race_clean 05.0004 05.0047
	put $BUS/apmask +5
	refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 5
	put $BUS/apmask -5
	assign $U1 adapter 5
	unassign $U2 domain 0x47
	race_clean 06.0047
	assign $U2 domain 0x47
}
race_begin
race_for 6 to_the_host_and_back
race_end
