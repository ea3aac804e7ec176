# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="give a guest without a device no queue, and a guest without AP no instruction"
REQUIRES="none apvmm"

vmm_start
guest_vm vm
seen=$(vmm vm masks)
expect "its masks" "$(mask) $(mask) $(mask)" \
	"$(answer apm "$seen") $(answer aqm "$seen") $(answer adm "$seen")"
for insn in tapq nqap dqap zapq; do
	seen=$(vmm vm $insn apqn=05.0004)
	expect "$insn" "interpreted 3 01" \
		"$(answer how "$seen") $(answer cc "$seen") $(answer rc "$seen")"
done
expect "in problem state" 0002 "$(said pgm vm tapq apqn=05.0004 problem)"
expect "a script's steps" 4 "$(
	vmm vm step tapq apqn=05.0004 >/dev/null
	vmm vm step pause 100 >/dev/null
	vmm vm step loop 0 3 >/dev/null
	vmm vm run | grep -o '^step 0.*' | grep -o 'runs=.*' | sed 's/runs=//'
)"
vmm_expect ok vm apie off
expect "without interpretation" 0001 "$(said pgm vm tapq apqn=05.0004)"
must vmm vm spin start tapq apqn=05.0004
seen=$(vmm vm spin stop)
[ "$(answer entries "$seen")" -ge 1 ] || fail "the second CPU was never in SIE"
[ "$(oracle entries)" -gt 0 ] || fail "the oracle saw no entry into SIE"
