# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=busybox disable=SC2086,SC2154,SC3057
#
# What the scenarios of race/ share: two guests on two CPUs, each with two vCPUs that execute AP
# instructions on all queues of both guests, without pauses. A scenario changes something in
# rounds meanwhile, as often as it says; how long that takes does not matter. At the end
# everything is at rest: the vCPUs stop, matrix, guest_matrix, KVM's log of the CRYCB and the
# masks that SIE sees have to agree, and every reference has to be given back. The oracle judges
# all along.

RACE_QUEUES="05.0004 05.0047 06.0004 06.0047"
RACE_T=/sys/kernel/tracing
# pairs of functions that take and give back something for the interrupts of a guest
RACE_PAIRS="vfio_pin_pages vfio_unpin_pages kvm_s390_gisc_register kvm_s390_gisc_unregister"
race_rounds=0

# race_calls FUNCTION: how often it was called since race_begin. The kernel counts calls also
# if the event is filtered, so nothing but failed pins fills the trace.
race_calls() { awk -v name="race_$1" '$1 == name { print $2 + $3 }' $RACE_T/kprobe_profile; }

race_forget() {
	echo 0 >$RACE_T/events/kprobes/enable
	echo >$RACE_T/kprobe_events
} 2>$WORK/error

race_count() {
	race_forget
	for race_function in $RACE_PAIRS; do
		echo "p:race_$race_function $race_function cpu=\$comm:string" >>$RACE_T/kprobe_events &&
			echo 'cpu == "nobody"' >$RACE_T/events/kprobes/race_$race_function/filter ||
			give_up "no probe on $race_function"
	done
	echo "r:race_pin_failed vfio_pin_pages ret=\$retval:s32" >>$RACE_T/kprobe_events &&
		echo "ret != 1" >$RACE_T/events/kprobes/race_pin_failed/filter ||
		give_up "no probe on the return of vfio_pin_pages"
	echo >$RACE_T/trace
	echo 1 >$RACE_T/events/kprobes/enable
}

# Their directories in debugfs: newer kernels count no reference of the module kvm for a VM.
race_all_vms() { echo /sys/kernel/debug/kvm/*-*; }

# A page is not pinned if it is not mapped, or if the VMM is being killed.
race_pins_failed() { grep -c 'race_pin_failed:' $RACE_T/trace; }

# race_begin: guest one with adapter 5, guest two with 6, both with domains 4 and 0x47
race_begin() {
	race_count
	read -r race_vfio_ap </sys/module/vfio_ap/refcnt
	read -r race_kvm </sys/module/kvm/refcnt
	race_vms=$(race_all_vms)
	free_for_guests 5,6
	mdev_create $U1 $U2
	assign $U1 adapter 5 domain 4 0x47
	assign $U2 adapter 6 domain 4 0x47
	race_guest one $U1
	race_guest two $U2
}

# race_guest NAME UUID: a guest whose vCPUs 1 and 2 run; vCPU 0 is for questions
race_guest() {
	guest "$1" "$2"
	for race_cpu in 1 2; do
		must vmm "$1" spin mix $RACE_QUEUES cpu=$race_cpu
	done
	: >$WORK/guest-ran
}

# find_share NUMBER: sets race_share to it, or to a tenth with KASAN and lockdep, which look at each
# access and each lock. KCSAN needs all: it looks at one access in a thousand.
find_share() {
	race_share=$1
	[ "$LAB_CHECKERS" != debug ] || race_share=$((($1 + 9) / 10))
}

# race_for ROUNDS COMMAND...: race_round is the number of the round. A tenth with KASAN and lockdep.
race_for() {
	find_share "$1"
	race_rounds=$race_share race_round=0
	shift
	while [ $race_round -lt "$race_rounds" ]; do
		race_round=$((race_round + 1))
		"$@"
	done
}

# race_pause FUNCTION USEC [return]: each call of it waits at its beginning or end, so that others
# get in between. race_paused NR: no more; there were at least NR, or the share of NR.
race_pause() {
	must insmod /lab/pause.ko
	put /sys/kernel/debug/pause "$*"
}
race_paused() {
	read -r _ race_pauses </sys/kernel/debug/pause
	note "$race_pauses pauses"
	find_share "$1"
	[ "$race_pauses" -ge "$race_share" ] || fail "only $race_pauses pauses"
	put /sys/kernel/debug/pause off
	must rmmod pause
}

# race_clean APQN...: nothing of a guest is in these queues, now
race_clean() {
	for race_apqn; do
		expect "data in $race_apqn, round $race_round" none \
			"$(sed -n "s/^$race_apqn .*taint=\([a-z]*\).*/\1/p" $SIM/queues)"
	done
}

# race_stop NAME: each vCPU has executed more than there were rounds, and KVM handled all of it
race_stop() {
	for race_cpu in 1 2; do
		race_said=$(vmm "$1" spin stop cpu=$race_cpu) || fail "guest $1: $race_said"
		race_executed=$(answer executed "$race_said")
		note "guest $1, vCPU $race_cpu: $race_executed instructions in $race_rounds rounds"
		[ "${race_executed:-0}" -ge $((race_rounds + 10)) ] ||
			fail "guest $1, vCPU $race_cpu executed $race_executed instructions only"
		expect "guest $1, vCPU $race_cpu: instructions left to the VMM" 0 \
			"$(answer user "$race_said")"
	done
}

# race_rest NAME UUID WANTED: all that tells what the guest has
race_rest() {
	guest_has "$1" "$2" "$3"
	expect "the matrix of guest $1" "$3" "$(matrix "$2")"
}

race_given_back() {
	race_left=
	for race_pair in "$1 $2" "$3 $4"; do
		race_taken=$(race_calls "${race_pair% *}")
		[ "${race_pair% *}" != vfio_pin_pages ] ||
			race_taken=$((race_taken - $(race_pins_failed)))
		race_given=$(race_calls "${race_pair#* }")
		[ "$race_taken" = "$race_given" ] ||
			race_left="$race_left ${race_pair% *}:$race_taken/$race_given"
	done
	for race_module in "vfio_ap $race_vfio_ap" "kvm $race_kvm"; do
		read -r race_now </sys/module/${race_module% *}/refcnt
		[ "$race_now" = "${race_module#* }" ] ||
			race_left="$race_left ${race_module% *}:$race_now/${race_module#* }"
	done
	race_now=$(race_all_vms)
	[ "$race_now" = "$race_vms" ] || race_left="$race_left VMs:$race_now"
	echo "${race_left# }"
}

# race_end [WANTED_ONE [WANTED_TWO]]: the guests are at rest, have these APQNs, and end
race_end() {
	race_stop one
	race_stop two
	race_rest one $U1 "${1-05.0004 05.0047}"
	race_rest two $U2 "${2-06.0004 06.0047}"
	race_close
}

# race_close: nothing is left of the guests
race_close() {
	vmm_end one
	vmm_end two
	mdev_remove $U1
	mdev_remove $U2
	settle "references that are not given back" "" race_given_back $RACE_PAIRS
	note "pages pinned: $(race_calls vfio_pin_pages), and $(race_pins_failed) of these refused"
	[ $(($(race_calls vfio_pin_pages) - $(race_pins_failed))) -ge "$race_rounds" ] ||
		fail "too few interrupts were enabled"
	race_forget
}
