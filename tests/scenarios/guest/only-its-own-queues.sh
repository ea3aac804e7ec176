# SPDX-License-Identifier: GPL-2.0-only
# The simulated SIE interprets the instructions under the masks of the CRYCB.
SHOWS="I10"
DESCRIPTION="interpret a guest's instructions for the queues of its masks only"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 domain 4
guest
seen=$(vmm vm tapq apqn=05.0004)
expect "TAPQ of its own" "interpreted 00" "$(answer how "$seen") $(answer rc "$seen")"
for apqn in 05.0047 06.0004 0a.0004 77.0077; do
	for insn in tapq zapq nqap dqap; do
		seen=$(vmm vm $insn apqn=$apqn)
		expect "$insn of $apqn" "3 01" "$(answer cc "$seen") $(answer rc "$seen")"
	done
done
seen=$(vmm vm qci)
expect "QCI: adapters and domains" "$(mask 5) $(mask 4)" \
	"$(answer apm "$seen") $(answer aqm "$seen")"
sim "intercept tapq on"
seen=$(vmm vm tapq apqn=05.0004 t)
expect "TAPQ with the T bit, intercepted" 1 "$(answer user "$seen")"
sim "intercept tapq off"
seen=$(vmm vm tapq apqn=05.0004 t)
expect "TAPQ with the T bit, interpreted" "interpreted 00" \
	"$(answer how "$seen") $(answer rc "$seen")"
