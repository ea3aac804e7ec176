#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The demo: the main task step by step, in the lab's guest. It prints each command
# before running it and compares the result with the expected one. It exits 1 if a
# step failed.

BUS=/sys/bus/ap
MATRIX=/sys/devices/vfio_ap/matrix
SIM=/sys/kernel/debug/aphwsim
UUID=62177883-f1bb-47f0-914d-32a22e3a8804
VMM=/run/story
wrong=0

bold='' plain='' green='' red=''
if [ "${STORY_COLOR:-}" = 1 ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m')
	green=$(printf '\033[32m') red=$(printf '\033[31m')
fi

chapter() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
say() { printf '  %s\n' "$*"; }
shown() { sed 's/^/    /'; }

# run COMMAND...: show it, run it, show what it said; keeps its status
run() {
	printf '  $ %s\n' "$*"
	sh -c "$*" >/tmp/out 2>&1
	status=$?
	shown </tmp/out
	return $status
}

# expect WHAT WANTED GOT
expect() {
	if [ "$2" = "$3" ]; then
		printf '  %sok:%s %s\n' "$green" "$plain" "$1"
	else
		printf '  %sFAILED:%s %s\n' "$red" "$plain" "$1"
		printf '    expected: %s\n    got:      %s\n' "$2" "$3"
		wrong=$((wrong + 1))
	fi
}

vmm() { apvmm --send $VMM "$*"; }

one_line() { tr '\n' ' ' | sed 's/ *$//'; }

# The guest's masks as KVM itself logged them last, decoded to APQNs. Bit 0 of
# a mask is the leftmost; each log line carries four doublewords.
crycb() {
	cat /sys/kernel/debug/s390dbf/kvm-*/sprintf 2>/dev/null | awk '
	function ids(from, out,   w, i, v, n) {
		n = 0
		for (w = 0; w < 4; w++)
			for (i = 0; i < 16; i++) {
				v = index("0123456789abcdef", substr($(from + w), i + 1, 1)) - 1
				if (v >= 8) { out[n++] = w * 64 + i * 4; v -= 8 }
				if (v >= 4) { out[n++] = w * 64 + i * 4 + 1; v -= 4 }
				if (v >= 2) { out[n++] = w * 64 + i * 4 + 2; v -= 2 }
				if (v >= 1) out[n++] = w * 64 + i * 4 + 3
			}
		return n
	}
	/CLR CRYCB/ { na = nq = 0 }
	/SET CRYCB/ {
		for (f = 1; f <= NF; f++) {
			if ($f == "apm") na = ids(f + 1, a)
			if ($f == "aqm") nq = ids(f + 1, q)
		}
	}
	END {
		for (i = 0; i < na; i++)
			for (j = 0; j < nq; j++)
				printf "%02x.%04x\n", a[i], q[j]
	}'
}

# side_by_side WANTED: guest_matrix beside KVM's CRYCB
side_by_side() {
	cat $MATRIX/$UUID/guest_matrix >/tmp/gm
	crycb >/tmp/cc
	printf '    %-14s %-14s\n' guest_matrix "KVM's CRYCB"
	paste /tmp/gm /tmp/cc | while read -r g c; do
		printf '    %-14s %-14s\n' "$g" "$c"
	done
	expect "guest_matrix is $1" "$1" "$(one_line </tmp/gm)"
	expect "KVM's CRYCB says the same" "$1" "$(one_line </tmp/cc)"
}

chapter "1. The hardware"
say "Linux $(uname -r) on $(uname -m), its own AP bus, zcrypt and KVM, unmodified."
for card in $BUS/devices/card*; do
	printf '    %s  %s\n' "${card##*/}" "$(cat $card/type)"
done
queues=$(cd $BUS/devices && echo ??.????)
say "queues: $queues"
expect "three cards by four domains make twelve queues" 12 "$(echo $queues | wc -w)"

chapter "2. The host's masks: adapters 5 and 6 are set free for guests"
run "echo -5,-6 > $BUS/apmask"
run "cat $BUS/apmask $BUS/aqmask"
expect "adapters 5 and 6 have left the host's mask" \
	0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff "$(cat $BUS/apmask)"
expect "their eight queues are bound to vfio_ap now" 8 \
	"$(cd $BUS/drivers/vfio_ap && ls -d ??.???? 2>/dev/null | wc -l)"

chapter "3. A matrix is made, adapters and domains are assigned"
run "apmatrix create -u $UUID"
expect "apmatrix create exits with 0" 0 $?
run "apmatrix assign $UUID -a 5 -d 4,0x47 -c 4"
expect "apmatrix assign exits with 0" 0 $?
run "cat $MATRIX/$UUID/matrix"
expect "adapter 5 by domains 4 and 0x47 is assigned" "05.0004 05.0047" \
	"$(one_line <$MATRIX/$UUID/matrix)"
run "apmatrix show $UUID"

chapter "4. A KVM guest starts on it"
apvmm --serve $VMM &
server=$!
run "apvmm --send $VMM vm"
run "apvmm --send $VMM attach $UUID"
expect "the guest got the device" 0 $?
run "apvmm --send $VMM spin start"
expect "the guest's CPU is running" 0 $?
side_by_side "05.0004 05.0047"
run "cat $BUS/devices/05.0004/status"
expect "the queue knows that it is in use" "in use" "$(cat $BUS/devices/05.0004/status)"

chapter "5. Hot plug: adapter 6, while the guest runs"
run "apmatrix assign $UUID -a 6"
expect "apmatrix assign exits with 0" 0 $?
side_by_side "05.0004 05.0047 06.0004 06.0047"
run "apvmm --send $VMM pqap fc=0 apqn=06.0047"
expect "the guest itself can reach the new queue (cc 0)" 0 \
	"$(grep -c 'cc=[^0]' /tmp/out)"

chapter "6. The host wants adapter 5 back: refused, a guest has it"
run "echo +5 > $BUS/apmask"
expect "the write fails" 1 "$([ $? -ne 0 ] && echo 1)"
grep -q 'busy' /tmp/out
expect "with EBUSY" 0 $?
expect "the mask is what it was" \
	0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff "$(cat $BUS/apmask)"
dmesg | grep vfio_ap | tail -n 1 | shown
side_by_side "05.0004 05.0047 06.0004 06.0047"

chapter "7. Unplug: adapter 5 leaves the running guest"
echo clear >$SIM/log
run "apmatrix unassign $UUID -a 5 --allow-loss"
expect "apmatrix unassign exits with 0" 0 $?
side_by_side "06.0004 06.0047"
expect "each queue that left was zeroized once" "05.0004 05.0047" \
	"$(grep -o 'zapq[^ ]* *05\.[0-9a-f]*' $SIM/log | grep -o '05\..*' | sort | one_line)"
run "apvmm --send $VMM pqap fc=0 apqn=05.0004"
expect "the guest cannot reach it any more (cc 3)" 1 "$(grep -c 'cc=3' /tmp/out)"

chapter "8. The end"
run "echo +5 > $BUS/apmask"
expect "now the host may have adapter 5 back" 0 $?
vmm quit >/dev/null
wait $server
run "apmatrix remove $UUID"
expect "apmatrix remove exits with 0" 0 $?
run "echo +6 > $BUS/apmask"
expect "all queues are the host's again" 12 \
	"$(cd $BUS/drivers && ls -d cex4queue/??.???? | wc -l)"
run "head -n 5 $SIM/oracle"
expect "no queue ever reached two parties, none kept a secret" "0 0" \
	"$(awk '/^(leaks|sharings)/ { print $2 }' $SIM/oracle | one_line)"

printf '\n'
if [ $wrong -ne 0 ]; then
	printf '%s%d step(s) showed something else than they must%s\n' "$red" $wrong "$plain"
	exit 1
fi
printf '%sThe end: every step showed what it must.%s\n' "$green" "$plain"
