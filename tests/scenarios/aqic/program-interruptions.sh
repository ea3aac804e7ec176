# SPDX-License-Identifier: GPL-2.0-only
# The exceptions of PQAP come in the order of priority of the architecture.
SHOWS="part-B I27 I32"
DESCRIPTION="cause the program interruption that the architecture demands, for each wrong PQAP"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "AQIC in problem state" 0002 "$(said pgm vm aqic on apqn=05.0004 problem)"
expect "AQIC with reserved bits" 0006 "$(said pgm vm pqap gr0=0x03010504)"
vmm_end
guest vm $U1 nofac65
expect "AQIC without facility 65" 0006 "$(said pgm vm aqic on apqn=05.0004)"
expect "TAPQ without facility 65" 00 "$(said rc vm tapq apqn=05.0004)"
