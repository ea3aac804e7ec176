# SPDX-License-Identifier: GPL-2.0-only
# The card is deconfigured when the last guest goes, so its queue cannot be reset. The next VM opens
# the device, which has waited for resets and pauses, when the card is back and the reset begins: it
# is one in place, since there is no guest yet.
SHOWS="I5 I34"
DESCRIPTION="give the next guest no queue whose reset for the last one begins while the device is opened"
REQUIRES="ours apvmm two-cpus"
CPUS=2

is_being_reset() { grep -q '^05.0004 .*state=reset' $SIM/queues; }
must insmod /lab/pause.ko
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
sim "queue stuck 05.0004 on"
sim "card config 5 off"
vmm_expect ok vm detach
pause "kvm_get_kvm 5000000"
vmm vm attach $U1 $guest_by >$WORK/attached &
opening=$!
wait_for 10 pausing || give_up "the open does not pause"
sim "card config 5 on"
begun_or_over() { is_being_reset || ! pausing; }
wait_for 20 begun_or_over
begun=
if is_being_reset && pausing; then begun=1; else note "the pause was over before the reset began"; fi
pause release
wait $opening
grep -q '^ok' $WORK/attached || fail "attach: $(cat $WORK/attached)"
[ -z "$begun" ] || expect "guest_matrix, while it is being reset" "" "$(full_guest_matrix)"
sim "queue stuck 05.0004 off"
settle "guest_matrix" "05.0004" full_guest_matrix
guest_has "05.0004"
pause off
must rmmod pause
