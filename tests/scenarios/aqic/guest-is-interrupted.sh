# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-B"
DESCRIPTION="interrupt a guest for a reply: its NIB, its GISA, its ISC"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "rc" 00 "$(said rc vm aqic on apqn=05.0004 isc=3 nib=0x2010)"
vmm_expect ok vm poke 0x2010 00
sim "queue latency 05.0004 20000"
vmm_expect ok vm nqap apqn=05.0004 psmid=7
seen=$(vmm vm waitirq mask=0x10 timeout=5000)
expect "wait for ISC 3 in the GISA" 0 "$(answer cc "$seen")"
expect "pending" 10 "$(answer ipm "$seen")"
nib=$(said mem vm peek 0x2010)
[ "$nib" != 00 ] || fail "the NIB is not set"
seen=$(vmm vm dqap apqn=05.0004)
expect "psmid of the reply" 7 "$(answer psmid "$seen")"
