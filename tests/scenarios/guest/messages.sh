# SPDX-License-Identifier: GPL-2.0-only
# NQAP and DQAP by guest script
SHOWS=""
DESCRIPTION="let a guest send messages through its queue: order, full, empty"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
seen=$(vmm vm dqap apqn=05.0004)
expect "DQAP on an empty queue" "3 10" "$(answer cc "$seen") $(answer rc "$seen")"
sim "queue latency 05.0004 300000"
for psmid in 1 2 3 4 5 6 7 8; do
	expect "NQAP $psmid" 0 "$(said cc vm nqap apqn=05.0004 psmid=$psmid)"
done
seen=$(vmm vm nqap apqn=05.0004 psmid=9)
expect "NQAP on a full queue" "3 10" "$(answer cc "$seen") $(answer rc "$seen")"
reply() {
	vmm vm dqap apqn=05.0004 >$WORK/reply
	[ "$(answer cc "$(cat $WORK/reply)")" = 0 ]
}
for psmid in 1 2 3 4 5 6 7 8; do
	wait_for 5 reply || fail "no reply $psmid"
	expect "psmid of reply $psmid" $psmid "$(answer psmid "$(cat $WORK/reply)")"
done
expect "the queue at the end" "empty,noirq" "$(said status vm tapq apqn=05.0004)"
