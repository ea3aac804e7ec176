# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-B I5 I11"
DESCRIPTION="keep the interrupts of a queue's previous guest from the next guest, and vice versa"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
guest one $U1
expect "AQIC" 00 "$(said rc one aqic on apqn=05.0004 isc=3 nib=0x2010)"
vmm_expect ok one poke 0x2010 00
note "its reply comes when the queue is gone, however busy this machine is"
sim "queue latency 05.0004 60000000"
expect "NQAP" 0 "$(said cc one nqap apqn=05.0004 psmid=1)"
unassign $U1 domain 4
expect "AQIC by the one that lost it, while nobody has it" 01 "$(said rc one aqic on apqn=05.0004)"
assign $U2 adapter 5 domain 4
guest two $U2
guest_has two $U2 "05.0004"
expect "the queue, in the next guest" "empty,noirq" "$(said status two tapq apqn=05.0004)"
expect "AQIC by the one that lost it" 01 "$(said rc one aqic on apqn=05.0004)"
vmm_expect ok two poke 0x2010 00
sim "queue latency 05.0004 300000"
expect "NQAP" 0 "$(said cc two nqap apqn=05.0004 psmid=2)"
reply() { [ "$(said psmid two dqap apqn=05.0004)" = 2 ]; }
wait_for 5 reply || fail "no reply"
for guest in one two; do
	expect "pending in guest $guest" 00 "$(said ipm $guest gisa)"
	expect "indicator of guest $guest" 00 "$(said mem $guest peek 0x2010)"
done
expect "AQIC" 00 "$(said rc two aqic on apqn=05.0004 isc=4 nib=0x2010)"
expect "NQAP" 0 "$(said cc two nqap apqn=05.0004 psmid=3)"
expect "the next guest's own interrupt" 08 "$(said ipm two waitirq mask=0x08 timeout=5000)"
expect "pending in guest one" 00 "$(said ipm one gisa)"
expect "indicator of guest one" 00 "$(said mem one peek 0x2010)"
