# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-B C17 I27 I32"
DESCRIPTION="answer every PQAP of a guest in the order of checks that the architecture demands, without a log line"
REQUIRES="module apvmm"

# The VMM executes single PQAP instructions in a guest and reports the program interruption, the
# condition code and the response code of each. The scenario compares them with what the
# architecture defines, for AQIC in problem state, with reserved bits, and without facilities 65
# and 15 and without interpretation. Then it issues many function codes with three register
# contents, in problem and in supervisor state; each must have a defined answer. The count of
# kernel messages shows that the module does not log what a guest does.

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
before=$(dmesg | wc -l)
pgm() { # WANTED WHAT WORDS...
	wanted=$1 what=$2
	shift 2
	expect "$what" "$wanted" "$(said pgm vm "$@")"
}
note "privilege comes before specification"
pgm 0002 "AQIC in problem state" aqic on apqn=05.0004 problem
pgm 0002 "the same with reserved bits" pqap gr0=0x037f0504 problem
pgm 0002 "the same for a queue that it has not" aqic on apqn=77.0077 problem
for bit in 01 02 04 08 10 20 40; do
	pgm 0006 "AQIC with reserved bit $bit" pqap gr0=0x03${bit}0504
	pgm 0006 "the same for a queue that it has not" pqap gr0=0x03${bit}7777
done
note "AQIC ignores what it does not know in gr1"
expect "rc" 00 "$(said rc vm pqap fc=3 apqn=05.0004 gr1=0xffffffffffffffff gr2=0x2010)"
expect "rc" 07 "$(said rc vm aqic on apqn=05.0004)"
expect "rc" 00 "$(said rc vm pqap fc=3 apqn=05.0004 gr1=0xffff7fffffffffff)"
note "every function code, with nothing, everything and something in the registers"
for fc in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 31 32 63 64 127 128 254 255; do
	for registers in "gr1=0 gr2=0" "gr1=0xffffffffffffffff gr2=0xffffffffffffffff" \
		"gr1=0x800000000003 gr2=0xfffffffffffff000"; do
		for state in "" " problem"; do
			echo "pqap fc=$fc apqn=05.0004 $registers$state"
		done
	done
done >$WORK/requests
vmm vm "$(cat $WORK/requests)" >$WORK/answers
while read -r seen <&3 && read -r request <&4; do
	case $seen in
	ok*"cc="[03]* | ok*pgm=000[1256]*) ;;
	*) fail "$request: $seen" ;;
	esac
done 3<$WORK/answers 4<$WORK/requests
expect "answers" "$(wc -l <$WORK/requests)" "$(wc -l <$WORK/answers)"
expect "a good request" 00 "$(said rc vm aqic on apqn=05.0004)"
vmm_expect ok vm detach
note "the hook is gone, the VM is not"
expect "cc of AQIC" 3 "$(said cc vm aqic on apqn=05.0004)"
pgm 0002 "AQIC in problem state" aqic on apqn=05.0004 problem
pgm 0006 "AQIC with reserved bits" pqap gr0=0x03010504
vmm_end
guest vm $U1 nofac65
pgm 0002 "AQIC in problem state without facility 65" aqic on apqn=05.0004 problem
pgm 0006 "AQIC without facility 65" aqic on apqn=05.0004
pgm 0006 "the same for a queue that it has not" aqic on apqn=77.0077
vmm_end
guest vm $U1 nofac15
pgm 0006 "AQIC with the T bit without facility 15" pqap gr0=0x03800504
expect "AQIC without it" 00 "$(said rc vm aqic on apqn=05.0004)"
vmm_end
guest vm $U1 noapie
pgm 0001 "AQIC without interpretation" aqic on apqn=05.0004
said=$(($(dmesg | grep -vc KVM) - before))
[ $said -le 5 ] || fail "$said lines in the log: $(dmesg | tail -n $said)"
