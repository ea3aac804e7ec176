# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-02 I6"
DESCRIPTION="remove a queue from the guest's masks before it is reset"
REQUIRES="module apvmm"

T=/sys/kernel/tracing
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
guest_has "05.0004 05.0047"
echo mono >$T/trace_clock
echo 'p:lab_masks kvm_arch_crypto_set_masks' >>$T/kprobe_events || give_up "no kprobe"
echo 1 >$T/events/kprobes/lab_masks/enable
echo >$T/trace
sim_clear_log
unassign $U1 domain 0x47
wait_for 5 sim_did 'zapq.* 05.0047' >/dev/null || fail "no reset of 05.0047"
echo 0 >$T/events/kprobes/lab_masks/enable
masks=$(awk '/lab_masks/ {
	for (f = 1; f <= NF; f++)
		if ($f ~ /^[0-9]+\.[0-9]+:$/) {
			split($f, t, "[.:]")
			print t[1] t[2]
			exit
		}
}' $T/trace)
zapq=$(sim_did 'zapq.* 05.0047' | awk '{ print int($2 / 1000); exit }')
echo '-:lab_masks' >>$T/kprobe_events
note "masks written at $masks us, reset at $zapq us"
[ -n "$masks" ] && [ "$zapq" -ge "$masks" ] || fail "05.0047 was reset before it left the masks"
