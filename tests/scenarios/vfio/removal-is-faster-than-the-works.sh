# SPDX-License-Identifier: GPL-2.0-only
# VMM and remover have real-time priority and the only CPU: they end before any work of the module
# that is queued meanwhile runs. A work of a freed mdev is seen by KASAN (lab/run --debug).
SHOWS="I30 I31"
DESCRIPTION="free an mdev only when none of its works can run any more"
REQUIRES="ours apvmm"

free_for_guests 5
for turn in 1 2 3 4; do
	mdev_create
	assign $U1 adapter 5 domain 4 0x47 0xab
	must apvmm --fifo 50 apvmm --start $WORK/vmm-vm
	guest_vm vm
	must vmm vm attach $U1 $guest_by
	for apqn in 05.0004 05.0047 05.00ab; do
		expect "AQIC of $apqn" 00 "$(said rc vm aqic on apqn=$apqn)"
	done
	sim "queue reset-latency 05.* $((turn * 1000))"
	apvmm --fifo 60 sh -c "echo 1 >$MATRIX/$U1/remove" &
	remover=$!
	vmm_expect ok vm detach
	wait $remover || fail "remove: $?"
	[ ! -e $MATRIX/$U1 ] || fail "the mdev is still there"
	expect "interrupts" "" "$(grep '^05' $SIM/queues | grep -o 'irq=guest')"
	vmm_end
done
