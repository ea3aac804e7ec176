# SPDX-License-Identifier: GPL-2.0-only
# Codes 09 to 0B and 30 to 36 occur only with queues that can be bound to protected guests
# (Secure Execution). 35 and 36 stay until a reset; the others refuse an instruction.
SHOWS="I5 I29"
DESCRIPTION="let nobody have a queue of a protected guest before its association has ended by a reset"
REQUIRES="ours apvmm 6.12+"

rc() { said rc "$@"; }
protect() { # NAME
	sim "guest protected $(sed -n 's/^\([0-9]*\) pid=.*/\1/p' $SIM/guests | tail -n 1) on"
}
# the bits of TAPQ's gr2: 0 bound and associated, 1 bound, 2 available for binding
state() { # NAME APQN
	state_gr2=$(said gr2 "$1" tapq apqn="$2" t)
	echo $((0x${state_gr2%????????} >> 14 & 3))
}
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 domain 4
sim "apsb on"
# A scan that the bus begins by itself would remove a queue whose TAPQ ends with 35 or 36.
scan_every 120

# A binding ends with the protected guest, by the Ultravisor, which is not simulated: so each
# association has a queue of its own.
assign $U1 domain 0x47
for code in 35 36; do
	note "an association that fails: $code"
	case $code in
	35) apqn=05.0004 ;;
	36) apqn=05.0047 ;;
	esac
	sim "queue assocfail $apqn $code"
	guest vm$code
	expect "TAPQ" 00 "$(rc vm$code tapq apqn=$apqn)"
	protect
	expect "BAPQ" 00 "$(rc vm$code pqap fc=7 apqn=$apqn)"
	expect "AAPQ" 00 "$(rc vm$code pqap fc=8 apqn=$apqn gr2=3)"
	expect "NQAP" $code "$(rc vm$code nqap apqn=$apqn psmid=1)"
	expect "AQIC" $code "$(rc vm$code aqic on apqn=$apqn)"
	vmm_end vm$code
	sim "queue assocfail $apqn 00"
	guest next$code
	guest_has next$code $U1 "05.0004 05.0047"
	expect "TAPQ of the next guest" 00 "$(rc next$code tapq apqn=$apqn)"
	vmm_end next$code
done

note "an association that holds: it ends with the reset. The F bit, which ends a binding, is not used"
assign $U1 domain 0xab
guest bound
expect "TAPQ" 00 "$(rc bound tapq apqn=05.00ab)"
protect
expect "BAPQ" 00 "$(rc bound pqap fc=7 apqn=05.00ab)"
expect "AAPQ" 00 "$(rc bound pqap fc=8 apqn=05.00ab gr2=3)"
expect "state" 0 "$(state bound 05.00ab)"
vmm_end bound
guest free
guest_has free $U1 "05.0004 05.0047 05.00ab"
expect "state in the next guest" 1 "$(state free 05.00ab)"
vmm_end free

note "an association that fails after ZAPQ was accepted: zeroized again"
guest late
guest_has late $U1 "05.0004 05.0047 05.00ab"
for code in 35 36; do
	sim "inject 05.0004 fc=tapq rc=$code count=1"
	sim_clear_log
	vmm_expect ok late reset
	expect "ZAPQs, $code" 2 "$(sim_count 'host pqap.zapq. 05.0004')"
done
vmm_end late

note "bound when an association has failed, which only a reset ends: zeroized without waiting"
failed_resets() { sed -n 's/^failed //p' $MATRIX/resets; }
for code in 35 36; do
	unbind 05.0004
	sim "inject 05.0004 fc=tapq rc=$code until=reset"
	failed=$(failed_resets)
	bind 05.0004
	settle "guest_matrix, bound with $code" "05.0004 05.0047 05.00ab" full_guest_matrix
	expect "resets that failed, bound with $code" "$failed" "$(failed_resets)"
done

note "resets that are refused, each with a code of its own"
assign $U1 adapter 6 domain 0xab 0xff
queues="05.0004 05.0047 05.00ab 05.00ff 06.0004 06.0047 06.00ab 06.00ff"
guest one
guest_has one $U1 "$queues"
set -- 09 0a 0b 30 31 32 33 34
withheld=
for apqn in $queues; do
	sim "queue resetfail $apqn $1"
	withheld="$withheld${withheld:+ }$apqn reset-failed"
	shift
done
vmm_end one
settle "reasons" "$withheld" words $MATRIX/$U1/reasons
guest two
expect "guest_matrix of the next guest" "" "$(full_guest_matrix)"
sim "queue resetfail * 00"
wait_for 20 prints "$queues" full_guest_matrix
guest_has two $U1 "$queues"
for apqn in $queues; do
	expect "TAPQ of the next guest, $apqn" 00 "$(rc two tapq apqn=$apqn)"
done
sim "apsb off"
