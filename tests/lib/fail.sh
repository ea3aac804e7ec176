# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=busybox disable=SC2154
#
# What the scenarios of faults/ share: lab/faulty/fail.c makes each call of vfio_ap and of our mdev
# into the kernel fail in turn, and lab/faulty/allocated.c counts what they allocated.

FAIL=/sys/kernel/debug/fail

# fail_begin: loads vfio_ap again, so that all of its memory is counted
fail_begin() {
	rmmod vfio_ap || give_up "rmmod vfio_ap"
	[ -e /sys/kernel/debug/allocated ] || must insmod /lab/allocated.ko
	fail_modules=vfio_ap
	! own_mdev || fail_modules=vfio_ap,mdev
	[ -e $FAIL ] || must insmod /lab/fail.ko modules=$fail_modules
	trap 'fail_off $?' EXIT
	must insmod /lab/vfio_ap.ko
	rescan
}

# Does this kernel need the mdev of this project?
own_mdev() { grep -q apmatrix /lab/mdev.ko; }

# fail_off STATUS: nothing fails in what ends the scenario
fail_off() {
	echo 0 >$FAIL
	[ -e /sys/module/vfio_ap ] || insmod /lab/vfio_ap.ko
	scenario_end "$1"
}

failed_call() { sed -n 's/^failed //p' $FAIL; }
allocated() { sed -n 's/^allocated //p' /sys/kernel/debug/allocated; }

# each_call WHAT ERRNOS TRY STATE UNDO: TRY it, which sets put_said as write does, with the first
# call failing, the second one, and so on until none is left. Each time it succeeds, and STATE
# prints the new state, or it fails with one of ERRNOS, and STATE prints the old one. UNDO leads
# back to the old state, with all memory given back. ERRNOS may be empty: it must not fail.
each_call() {
	each_what=$1 each_errnos=$2 each_try=$3 each_state=$4 each_undo=$5
	each_before=$($each_state)
	echo 0 >$FAIL
	$each_try
	[ "$put_said" = ok ] || give_up "$each_what, with no call failing: $put_said"
	each_after=$($each_state)
	[ "$each_after" != "$each_before" ] || [ "$each_undo" = : ] || fail "$each_what does nothing"
	each_back "with no call failing"
	each_memory=$(allocated)
	each_nth=1 each_refused="" each_tolerated="" each_name=
	while :; do
		echo "$each_nth${each_again}" >$FAIL
		$each_try
		each_name=$(failed_call)
		echo 0 >$FAIL
		[ -n "$each_name" ] || break
		each_judge "$each_name failing (call $each_nth)"
		settle "memory after $each_what, with $each_name failing (call $each_nth)" \
			"$each_memory" allocated
		if [ $ktap_failed -ge 5 ]; then
			cat /sys/kernel/debug/allocated
			give_up "$each_what"
		fi
		each_nth=$((each_nth + 1))
	done
	note "figures: $each_what: $((each_nth - 1)) calls; it fails if one of these does:" \
		"${each_refused:- none}; it succeeds without:${each_tolerated:- none}"
	[ "$put_said" = ok ] || fail "$each_what, after all calls failed once: $put_said"
	each_back "after all calls failed once"
	settle "memory after $each_what, after all calls failed once" "$each_memory" allocated
	each_again=
}
each_again=

each_back() { # WHEN
	$each_undo
	settle "the state after $each_what was undone, $1" "$each_before" $each_state
}

each_judge() { # WHEN
	if [ "$put_said" = ok ]; then
		each_tolerated="$each_tolerated $each_name"
		settle "the state after $each_what, $1" "$each_after" $each_state
		each_back "$1"
		return
	fi
	each_refused="$each_refused $each_name:$put_said"
	case " $each_errnos " in
	*" $put_said "*) ok "$each_what, $1: $put_said" ;;
	*) fail "$each_what, $1: $put_said" ;;
	esac
	settle "the state after $each_what, $1" "$each_before" $each_state
}
