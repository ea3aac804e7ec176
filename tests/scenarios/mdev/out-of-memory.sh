# SPDX-License-Identifier: GPL-2.0-only
# Debian's kernels cannot fail allocations on demand; that of lab/run --debug can, see
# tests/README.md.
# /proc/self/fail-nth makes the nth allocation of a task fail. Each request is repeated with its
# first allocation failing, its second, and so on until it succeeds; after each failure the state
# must be the one before, and after each success the new one.
SHOWS="part-B R-15 R-15t I19 I30"
DESCRIPTION="fail each allocation of each request in turn, without an incomplete change"
REQUIRES="ours apvmm failslab"

fail=/sys/kernel/debug/failslab
put $fail/ignore-gfp-wait N
put $fail/verbose 0

# each_fails WHAT TRY STATE UNDO: TRY it with its first allocation failing, its second, and so
# on until none is left. It is done, and STATE another, or it is not, and STATE as before.
each_fails() {
	before=$("$3") after= nth=1 refused=0 injected=1
	while [ $injected = 1 ]; do
		"$2" $nth
		state=$("$3")
		if [ $tried = 0 ]; then
			[ -n "$after" ] || after=$state
			[ "$state" = "$after" ] || fail "$1 with allocation $nth failing: $state"
			[ "$state" != "$before" ] || fail "$1 does nothing"
			"$4"
			state=$("$3")
		else
			refused=$((refused + 1))
		fi
		[ "$state" = "$before" ] || fail "$1 undone, with allocation $nth failing: $state"
		[ $ktap_failed -lt 5 ] || give_up "$1"
		nth=$((nth + 1))
	done
	note "$1: $((nth - 2)) allocations, without which it was refused $refused times"
	[ $refused -gt 0 ] || fail "$1 never failed"
	[ $tried = 0 ] || fail "$1 is refused with nothing failing"
}

# sh itself, which allocates on the way, opening the file for one
nth_fails() { # N VALUE FILE: sets tried and injected
	left=
	echo "$1" >/proc/self/fail-nth
	echo -n "$2" >"$3"
	tried=$?
	# where this is what fails, nothing before it did
	read -r left </proc/self/fail-nth
	echo 0 >/proc/self/fail-nth
	injected=1
	[ "$left" = 0 ] || injected=0
}

free_for_guests 5
unbind 05.0047

note "an mdev, until vfio makes its group: that warns of its own"
T=/sys/kernel/tracing
echo "p:lab_vfio vfio_register_emulated_iommu_dev" >>$T/kprobe_events || give_up "no kprobe"
echo 1 >$T/events/kprobes/lab_vfio/enable
begun() { awk '$1 == "lab_vfio" { print $2 }' $T/kprobe_profile; }
mdevs() { echo $MATRIX/* $TYPE/devices/*; }
before=$(mdevs) nth=1 refused=0
while :; do
	seen=$(begun)
	nth_fails $nth $U1 $TYPE/create
	if [ $tried = 0 ]; then
		mdev_remove
	else
		[ "$(begun)" = "$seen" ] || break
		refused=$((refused + 1))
	fi
	[ "$before" = "$(mdevs)" ] || fail "mdevs with allocation $nth failing: $(mdevs)"
	[ $injected = 1 ] || give_up "vfio is not reached"
	nth=$((nth + 1))
done
note "refused $refused times for want of one of $nth allocations"
[ $refused -gt 3 ] || fail "too few"
echo 0 >$T/events/kprobes/lab_vfio/enable
echo -:lab_vfio >>$T/kprobe_events
mdev_create

note "its matrix"
config() { ap_config; full_guest_matrix; }
assign_nth() { nth_fails "$1" 5 $MATRIX/$U1/assign_adapter; }
unassign_5() { unassign $U1 adapter 5; }
assign $U1 domain 4
each_fails "assigning an adapter" assign_nth config unassign_5
config_nth() { nth_fails "$1" "$(mask 5),$(mask 4 0xab),$(mask 4)" $MATRIX/$U1/ap_config; }
config_back() { put $MATRIX/$U1/ap_config "$(mask),$(mask 4),$(mask)"; }
each_fails "ap_config" config_nth config config_back

note "a queue"
bind_nth() { nth_fails "$1" 05.0047 $BUS/drivers/vfio_ap/bind; }
files() { echo $BUS/devices/05.0047/* $BUS/drivers/vfio_ap/*; }
unbind_47() { unbind 05.0047; }
each_fails bind bind_nth files unbind_47
bind 05.0047

note "its text, of which sh reads a byte at a time and goes on after an error"
assign $U1 adapter 5 domain 0x47
nth=1 injected=1
while [ $injected = 1 ]; do
	left=
	echo $nth >/proc/self/fail-nth
	words $MATRIX/$U1/matrix >$WORK/text
	read -r left </proc/self/fail-nth
	echo 0 >/proc/self/fail-nth
	case "05.0004 05.0047 " in
	"$(tr -d ' \n' <$WORK/text | sed 's/.\{7\}/& /g')"*) ;;
	*) fail "matrix with allocation $nth failing: $(cat $WORK/text)" ;;
	esac
	[ "$left" = 0 ] || injected=0
	nth=$((nth + 1))
done
whole="05.0004 05.0047"

note "a VMM, whose every command is one task's"
mkfifo $WORK/ask $WORK/answers
apvmm <$WORK/ask >$WORK/answers &
vmm_pid=$!
exec 8>$WORK/ask 9<$WORK/answers
ask() { # COMMAND...: sets answer
	echo "$*" >&8
	read -r answer <&9
}
ask_nth() { # N COMMAND...: sets tried and injected
	echo "$1" >/proc/$vmm_pid/fail-nth
	shift
	ask "$@"
	read -r left </proc/$vmm_pid/fail-nth
	echo 0 >/proc/$vmm_pid/fail-nth
	injected=1
	[ "$left" = 0 ] || injected=0
	case $answer in ok*) tried=0 ;; *) tried=1 ;; esac
}
ask vm
echo "$answer" | grep -o 'kvm-[0-9]*' >$WORK/vmm-vm.log
has() {
	crycb_matrix
	status_of 05.0004
	awk '/^VmLck/ { print $2 }' /proc/$vmm_pid/status
}
attach() { ask_nth "$1" attach $U1; }
detach() { ask detach; }
each_fails "opening the device" attach has detach

ask attach $U1
aqic() {
	ask_nth "$1" aqic on apqn=05.0004
	find_answer rc "$answer"
	[ "$answer_last" = 00 ] || tried=1
	# for a while no more is pinned once there was no memory to pin
	[ "$answer_last" != 05 ] || wait_for 20 can_pin || fail "still no memory to pin: $answer"
}
can_pin() {
	ask aqic on apqn=05.0047
	find_answer rc "$answer"
	can=$answer_last
	ask aqic off apqn=05.0047
	[ "$can" = 00 ]
}
irqs() {
	grep '^05.0004' $SIM/queues | grep -o 'irq=[a-z]*'
	awk '/^VmLck/ { print $2 }' /proc/$vmm_pid/status
}
irq_off() { ask aqic off apqn=05.0004; }
each_fails "AQIC" aqic irqs irq_off

note "all is as before"
expect "guest_matrix" "$whole" "$(full_guest_matrix)"
ask reset
expect "VFIO_DEVICE_RESET" ok "$answer"
note "type1 would say so if a page were pinned still"
ask detach
ask quit
exec 8>&- 9<&-
wait $vmm_pid
put $fail/ignore-gfp-wait Y
