# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-1 R-01 R-17 R-17t I11"
DESCRIPTION="disable a guest's interrupts and unpin its NIB for every way in which it loses the queue"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
enable() {
	guest
	expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
}
after() { # WHAT STATUS COMMAND...
	what=$1 status=$2
	shift 2
	enable
	"$@" >/dev/null || fail "$*"
	note "$what: is the NIB's page unpinned? unmapping its memory shows it"
	vmm vm mem unmap 0 0x1000000 >$WORK/unmap
	grep -q '^ok' $WORK/unmap || fail "unmap: $(cat $WORK/unmap)"
	expect "irq of 05.0004 after $what" irq=off \
		"$(grep '^05.0004' $SIM/queues | grep -o 'irq=[a-z]*')"
	vmm_end
	settle "status" "$status" status_of 05.0004
}
after "aqic off" assigned vmm vm aqic off apqn=05.0004
after "zapq in the guest, then aqic off" assigned vmm vm zapq apqn=05.0004
after "VFIO_DEVICE_RESET" assigned vmm vm reset
after "unassign" unassigned put $MATRIX/$U1/unassign_domain 4
assign $U1 domain 4
unbind_and_bind() { unbind 05.0004 && bind 05.0004; }
after "unbind" assigned unbind_and_bind
after "unmapping alone" assigned true

note "each NIB has a page of its own, which is free once the guest is gone"
# Pages that nobody maps and that are not free, in kB: what awaits reclaim, but for what is mapped.
kept() {
	echo 1 >/proc/sys/vm/stat_refresh
	awk '/^(Active|Inactive)\(anon\):/ { sum += $2 } /^(AnonPages|Shmem):/ { sum -= $2 }
		END { print sum }' /proc/meminfo
}
for page in $(seq 256 511); do
	printf 'aqic on apqn=05.0004 nib=0x%x\naqic off apqn=05.0004\n' $((page * 4096))
done >$WORK/requests
before=$(kept)
guest
vmm vm "$(cat $WORK/requests)" >$WORK/answers
expect "AQIC that was accepted" 512 "$(grep -c 'rc=00' $WORK/answers)"
vmm_end
few_are_kept() { [ $(($(kept) - before)) -lt 512 ]; }
wait_for 10 few_are_kept || fail "$(($(kept) - before)) kB are kept, of 1024 kB"

note "the pause after an unmap, which gets longer each time, ends with its guest"
guest
enabled() { [ "$(said rc vm aqic on apqn=05.0004)" = 00 ]; }
for round in 1 2 3 4 5; do
	wait_for 20 enabled || fail "no interrupts in round $round"
	vmm_expect ok vm mem unmap 0 0x1000000
	vmm_expect ok vm mem map 0 0x1000000
done
vmm_end
enable
