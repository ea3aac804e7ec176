# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=busybox disable=SC1010,SC2086,SC2154
#
# What the scenarios of a stalled VM share. A VMM can hold its VM's lock for as long as it likes.
# Whatever concerns the other mdev, the host or the bus must end meanwhile. What concerns the
# held guest waits, counts as its own until then, and arrives in one update.

# held_begin: guest vm with 05.0004, guest other with 06.0004, and an mdev without a guest
held_begin() {
	free_for_guests 5,6,0xa
	mdev_create $U1 $U2 $U3
	assign $U1 adapter 5 domain 4
	assign $U2 adapter 6 domain 4
	assign $U3 adapter 0xa domain 4
	guest
	guest other $U2
	settle "guest_matrix" "05.0004" full_guest_matrix
	guest_has other $U2 "06.0004"
}

# uv_on: KVM finds an Ultravisor, until the scenario ends
uv_on() {
	sim "uv host on"
	trap 'uv_off $?' EXIT
}
uv_off() { # STATUS
	sim "uv busy off"
	sim "uv host off"
	scenario_end "$1"
}

# hold_by_ultravisor, release_by_ultravisor: VM vm is to become a protected guest. The Ultravisor is
# busy, and refuses at last: what KVM does with a protected guest is not shown.
hold_by_ultravisor() {
	uv_on
	put $SIM/counters reset
	sim "uv busy on"
	: >$WORK/held-vm
	vmm vm protect >$WORK/held-vm &
	held_by=$!
	wait_for 20 ultravisor_is_called || give_up "no call of the Ultravisor: $(cat $WORK/held-vm)"
}
ultravisor_is_called() { ! grep -qx "uvc.create 0" $SIM/counters; }
release_by_ultravisor() {
	sim "uv busy off"
	wait $held_by
	case $(cat $WORK/held-vm) in
	fail*EIO*) ok "the Ultravisor has refused" ;;
	*) fail "KVM_PV_ENABLE: $(cat $WORK/held-vm)" ;;
	esac
}

others_done() { grep -q '^done' $WORK/others; }

# meanwhile WHAT COMMAND...: ends although the VM is held
meanwhile() {
	meanwhile_what=$1
	shift
	: >$WORK/others
	{ "$@"; echo done; } >$WORK/others 2>&1 &
	if wait_for 10 others_done && [ ! -s $WORK/held-vm ]; then
		ok "$meanwhile_what"
	else
		fail "$meanwhile_what waits for another one's VM: $(cat $WORK/others $WORK/held-vm)"
	fi
}

# waits WHAT PID: has not ended. What has ended is there until the shell waits for it.
waits() {
	if grep -q "^State:.[^Z]" /proc/"$2"/status; then ok "$1 waits"; else fail "$1 does not wait"; fi
}

assign_and_unassign() {
	assign $U2 domain 0x47 control_domain 4
	unassign $U2 domain 0x47 control_domain 4
}
read_all() { # UUID
	cat $MATRIX/"$1"/matrix $MATRIX/"$1"/guest_matrix $MATRIX/"$1"/reasons \
		$MATRIX/"$1"/ap_config $MATRIX/"$1"/guest_control_domains
}
veto() { write $BUS/apmask +6; echo "$put_said"; }
close_and_open() {
	vmm other detach
	vmm other attach $U2 $guest_by
}
rebind() {
	unbind 0a.0004
	bind 0a.0004
}
host_change() {
	sim "card del 0xa"
	sim configchange
	rescan
	sim "card add 0xa type=cex8 mode=cca"
	sim configchange
	rescan
}

unbind_told() { dmesg | grep -c "05.0004: unbind waits for the VM of mdev $U1 to let go of"; }
unbind_told_since() { [ "$(unbind_told)" != "$told" ]; }
unbind_recorded() { grep -q "unbind 05.0004" $DBF/vfio_ap/sprintf; }

# held_delays_nobody_else HOLD RELEASE: commands after which the lock of VM vm is held, and is not
held_delays_nobody_else() {
	note "the VM is held, and nothing concerns it"
	$1
	meanwhile "assignment" assign_and_unassign
	meanwhile "reading another mdev" read_all $U2
	meanwhile "reading its own mdev" read_all $U1
	meanwhile "a vetoed mask" veto
	meanwhile "a mask" take_from_host apmask 0xb
	meanwhile "reset" vmm other reset
	sim "queue reset-latency 06.0004 1000000"
	meanwhile "a reset that takes a second" vmm other reset
	sim "queue reset-latency 06.0004 0"
	meanwhile "interrupt control" vmm other aqic on apqn=06.0004
	meanwhile "close and open" close_and_open
	meanwhile "unbind and bind" rebind

	note "its guest is to lose and to gain something"
	changes=$(crycb_changes)
	{ write $MATRIX/$U1/assign_domain 0x47; } &
	gaining=$!
	{ write $MATRIX/$U1/assign_control_domain 4; } &
	gaining_control=$!
	wait_for 10 prints "05.0004 05.0047" matrix
	{ write $MATRIX/$U1/unassign_domain 4; } &
	losing=$!
	wait_for 10 prints "05.0047" matrix
	meanwhile "assignment, with a change for the held VM" assign_and_unassign
	meanwhile "reading another mdev, likewise" read_all $U2
	meanwhile "reading its own mdev, likewise" read_all $U1
	meanwhile "a vetoed mask, likewise" veto
	meanwhile "reset, likewise" vmm other reset
	meanwhile "close and open, likewise" close_and_open
	meanwhile "unbind and bind, likewise" rebind
	meanwhile "a change of the host, likewise" host_change
	for writer in $gaining $gaining_control $losing; do
		waits "a write to its own mdev" $writer
	done

	note "what leaves it is its own until it has left"
	refused EADDRINUSE $MATRIX/$U2/assign_adapter 5
	refused EBUSY $BUS/apmask +5
	expect "status" "in use" "$(status_of 05.0004)"
	put $DBF/vfio_ap/flush -
	told=$(unbind_told)
	{ write $BUS/devices/05.0004/driver/unbind 05.0004; } &
	unbinder=$!
	wait_for 60 unbind_recorded || fail "no record of the unbind"
	wait_for 20 unbind_told_since || fail "the log does not name whom the unbind waits for"
	waits "unbind of its queue" $unbinder
	kill $gaining_control
	wait_for 10 test ! -e /proc/$gaining_control ||
		fail "a signal does not end a wait for the VM"
	expect "changes of the CRYCB" "$changes" "$(crycb_changes)"

	note "the VM goes on: one update for all"
	$2
	wait $gaining $losing $unbinder
	settle "guest_matrix" "05.0047" full_guest_matrix
	expect "changes of the CRYCB" $((changes + 1)) "$(crycb_changes)"
	guest_has "05.0047"
	guest_has other $U2 "06.0004"
}
