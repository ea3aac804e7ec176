# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=busybox disable=SC2154
#
# What the scenarios of codes/ share. Each response code is the answer to two ZAPQ, two TAPQ
# or two AQIC of a queue while it is in one of its states (enum vap_queue_state), as something
# happens that ends the state. Afterwards the hardware works: each time the guest has its queues
# again, clean, and interrupts can be enabled. Codes that leave a queue withheld are tried again by
# the module.

# as ap/ap_bus.h lists them, and two that nobody knows
CODES="01 02 03 04 05 06 07 08 09 10 20 21 22 23 24 30 31 32 33 34 35 36 41 42 77"
# one of those that the module does not tell apart
FEW="01 02 03 05 07 08 36 42"
ALL="05.0004 05.0047"

# The AP bus scans from time to time: it may have asked while there was a fault.
has_all() { found && [ "$(full_guest_matrix)" = "$ALL" ]; }
in_use() { [ "$(status_of 05.0004)" = "in use" ]; }
# good WHAT: the guest has its queues, and the one of the faults can notify it
good() {
	sim "inject 05.0004 fc=all rc=00"
	wait_for 20 has_all || fail "$1: guest_matrix is \"$(full_guest_matrix)\"," \
		"reasons \"$(words $MATRIX/$U1/reasons)\""
	wait_for 20 in_use || fail "$1: 05.0004 is $(status_of 05.0004)"
	case $(said rc vm aqic off apqn=05.0004) in 00 | 07) ;; *) fail "$1: AQIC off" ;; esac
	wait_for 20 irq_is_off || fail "$1: interrupts are not off"
	rc=$(said rc vm aqic on apqn=05.0004)
	[ "$rc" = 00 ] || fail "$1: AQIC answers $rc"
	cc=$(said cc vm nqap apqn=05.0004)
	[ "$cc" = 0 ] || fail "$1: NQAP ends with cc $cc"
	cc=$(said cc vm dqap apqn=05.0004)
	[ "$cc" = 0 ] || fail "$1: DQAP ends with cc $cc"
	[ $ktap_failed -le 5 ] || give_up "too many failures"
}
irq_is_off() { grep -q '^05.0004.*irq=off' $SIM/queues; }

inject() { sim "inject 05.0004 fc=$1 rc=$2 count=2"; } # INSTRUCTION CODE

# The AP bus asks the queue, too, and does not find it if the answer is a fault: it scans again.
found() {
	scans=0
	until [ -e $BUS/devices/05.0004 ]; do
		[ $scans -lt 5 ] || give_up "the AP bus does not find 05.0004"
		scans=$((scans + 1))
		sim configchange
	done
	for queue in $ALL; do
		[ -n "$(bound_to $queue)" ] || put $BUS/drivers_probe $queue
	done
}

# a queue of the guest: USED, with interrupts, which the guest changes
used() {
	inject "$1" "$2"
	vmm vm aqic off apqn=05.0004 >/dev/null
	vmm vm aqic on apqn=05.0004 >/dev/null
}
# IN_PLACE: VFIO_DEVICE_RESET says so if it was refused, or not
in_place() {
	inject "$1" "$2"
	said=$(vmm vm reset)
	case $said in ok* | *EIO*) ;; *) fail "VFIO_DEVICE_RESET with $2 of $1: $said" ;; esac
}
# RESETTING, for another owner: out of the guest and back
resetting() {
	inject "$1" "$2"
	unassign $U1 domain 4
	assign $U1 domain 4
}
# RESETTING, when the device is closed: the next one to open it finds it clean
closed() {
	inject "$1" "$2"
	vmm_expect ok vm detach
	must vmm vm attach $U1 $guest_by
}
# STANDBY: deconfigured, and configured again
standby() {
	sim "card config 5 standby"
	sim configchange
	inject "$1" "$2"
	sim "card config 5 on"
	sim configchange
	found
}
# UNKNOWN: the host has lost the adapter
unknown() {
	sim "card config 5 off"
	sim configchange
	inject "$1" "$2"
	sim "card config 5 on"
	sim configchange
	found
}
# USED, and unbound: the write returns when the queue is clean
unbound() {
	inject "$1" "$2"
	unbind 05.0004
	bind 05.0004
}
# FAILED: withheld, and tried again
failed() {
	sim "queue resetfail 05.0004 42"
	unassign $U1 domain 4
	assign $U1 domain 4
	inject "$1" "$2"
	sim "queue resetfail 05.0004 00"
}
# CLEAN: reset, and in no matrix
clean() {
	unassign $U1 domain 4
	settle "status" unassigned status_of 05.0004
	inject "$1" "$2"
	assign $U1 domain 4
}

# each_fault STATE...: the names of the functions above
each_fault() {
	free_for_guests 5
	sim "queue latency 05.0004 0"
	mdev_create
	assign $U1 adapter 5 domain 4 0x47
	guest
	guest_has "$ALL"
	good "without a fault"
	for state; do
		before=$ktap_failed cases=0
		for fc in zapq tapq aqic; do
			codes=$FEW
			case $fc-$state in zapq-resetting | zapq-in_place) codes=$CODES ;; esac
			# what the module does not issue in that state
			case $fc-$state in aqic-failed | aqic-clean | zapq-used) continue ;; esac
			for code in $codes; do
				$state $fc "$code"
				good "$state, $fc, $code"
				cases=$((cases + 1))
			done
		done
		note "figures: $state: $cases faults"
		check "$state: all is well after $cases faults" [ $ktap_failed = $before ]
	done
	note "type 1 would say so if a page were pinned still"
	vmm_expect ok vm aqic off apqn=05.0004
	vmm_expect ok vm mem unmap 0 0x1000000
	guest_has "$ALL"
}
