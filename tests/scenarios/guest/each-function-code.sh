# SPDX-License-Identifier: GPL-2.0-only
# the simulator: every function code, by a guest under its masks
SHOWS=""
DESCRIPTION="carry out each function code of PQAP for a guest, and count each by queue"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
sim "queue reset-latency 05.0004 0"
settle "the queue, clean" 00 said rc vm tapq apqn=05.0004
put $SIM/counters reset
queue() { sed -n "s/^05.0004 .*\\($1=[^ ]*\\).*/\\1/p" $SIM/queues; }
counted() { sed -n "s/^05.0004 .*$1=\\([0-9]*\\).*/\\1/p" $SIM/counters; }

# type, domains, message size and depth; facilities only with the T bit
expect "TAPQ: gr2" 000000000eff0307 "$(said gr2 vm tapq apqn=05.0004)"
expect "TAPQ with the T bit: gr2" 930000000eff0307 "$(said gr2 vm tapq apqn=05.0004 t)"
expect "TAPQ of no queue: gr2" 0000000000000000 "$(said gr2 vm tapq apqn=05.0047)"
seen=$(vmm vm qci)
expect "QCI: flags and limits" "f0 ff ff" \
	"$(answer flags "$seen") $(answer na "$seen") $(answer nd "$seen")"
expect "QACT for what the card is" 000000000e000000 \
	"$(said gr2 vm pqap fc=5 apqn=05.0004 gr1=0xe000000)"
expect "QACT for an older type" 000000000b000000 \
	"$(said gr2 vm pqap fc=5 apqn=05.0004 gr1=0xb000000)"
expect "QACT for a newer one" 000000000e000000 \
	"$(said gr2 vm pqap fc=5 apqn=05.0004 gr1=0xf000000)"

note "replies: more of them waiting, in parts, by psmid"
for psmid in 7 9; do
	expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004 psmid=$psmid)"
done
settle "two replies" ready=2 queue ready
expect "TAPQ" waiting,noirq "$(said status vm tapq apqn=05.0004)"
seen=$(vmm vm dqap apqn=05.0004 len=3)
expect "DQAP of a part: cc" 1 "$(answer cc "$seen")"
seen=$(vmm vm dqap apqn=05.0004)
expect "DQAP, again from the beginning: cc, psmid, one more waits" "0 7 waiting,noirq" \
	"$(answer cc "$seen") $(answer psmid "$seen") $(answer status "$seen")"

# only ZAPQ zeroizes
tainted_after() { [ "$1" = rapq ] && echo guest || echo none; }
for reset in "rapq" "rapq f" "zapq" "zapq f"; do
	vmm vm nqap apqn=05.0004 >/dev/null
	expect "whose data it holds" guest "$(queue taint | sed 's/taint=\([a-z]*\).*/\1/')"
	expect "$reset" 00 "$(said rc vm ${reset% f} apqn=05.0004 ${reset#?apq})"
	expect "the queue" "empty,noirq" "$(said status vm tapq apqn=05.0004)"
	expect "after $reset it may hold data of" "$(tainted_after $reset)" \
		"$(queue taint | sed 's/taint=\([a-z]*\).*/\1/')"
done
sim "queue stuck 05.0004 on"
expect "ZAPQ that does not end" 00 "$(said rc vm zapq apqn=05.0004)"
for insn in tapq zapq rapq "pqap fc=5" nqap dqap; do
	expect "$insn meanwhile" 02 "$(said rc vm $insn apqn=05.0004)"
done
sim "queue stuck 05.0004 off"
settle "TAPQ when it is over" 00 said rc vm tapq apqn=05.0004

for counter in rapq=3 zapq=4 qact=4 nqap=7 dqap=3; do
	expect "counted" $counter "${counter%=*}=$(counted ${counter%=*})"
done
for fc in tapq rapq zapq qci qact; do
	sim_did "guest:[0-9]+ pqap.$fc" >/dev/null || fail "no $fc of the guest in the log"
done
