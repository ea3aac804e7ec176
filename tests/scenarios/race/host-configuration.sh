# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I3 I5 I7 I13 I33 part-12 part-13 part-14"
DESCRIPTION="change the host's adapters and domains while vCPUs use their queues"
REQUIRES="ours apvmm"
CPUS=2

. "$here/race.sh"
change() {
	sim "card config 5 off; configchange"
	sim "domain del 0x47; configchange"
	sim "card config 5 on; configchange"
	sim "card del 6; configchange"
	sim "domain add 0x47; configchange"
	sim "card add 6 type=cex8 mode=ep11; configchange"
}
race_begin
race_for 4 change
sim configchange
race_end
