# SPDX-License-Identifier: GPL-2.0-only
# One run is interrupted after each step that leaves something, by another signal each time.
SHOWS=""
DESCRIPTION="restore the host when the check for machines is interrupted, wherever that is"
REQUIRES="ours apmatrix apvmm"

# guest-run's
# shellcheck disable=SC2154
check_machine=${scenarios%/*}/machine/check
queue=05.0004

# interrupt LINE SIGNAL: one run; sets status and line
interrupt() {
	apvmm --signals "$check_machine" $queue >$WORK/lines 2>&1 &
	check_pid=$!
	exec 4<$WORK/lines
	number=0 line=
	while [ $number -lt "$1" ] && read -r line <&4; do
		case $line in ok*) number=$((number + 1)) ;; esac
	done
	kill -"$2" $check_pid
	cat <&4 >$WORK/rest
	exec 4<&-
	wait $check_pid
	status=$?
}

host() {
	words $BUS/apmask
	words $BUS/aqmask
	ls $MATRIX /sys/bus/mdev/devices
	for each in $BUS/devices/??.????; do
		bound_to "${each##*/}"
	done
}

is_as_before() {
	expect "after \"$1\", SIG$2: the host" "$before" "$(host)"
	expect "after \"$1\", SIG$2: left to be undone" "" "$(find /run/apmatrix-check-machine 2>/dev/null)"
	! pgrep -x apvmm >/dev/null || fail "after \"$1\", SIG$2: the VMM lives"
}

mkfifo $WORK/lines
free_for_guests 5
before=$(host)
"$check_machine" $queue >$WORK/report 2>&1
expect "a whole run" 0 $?
is_as_before all none

# The steps that leave something to be undone, by the line before them.
set -- KILL TERM KILL INT KILL HUP
for name in "create a matrix" "start a VMM" "a guest gets the empty matrix" "assign the adapters" \
	"VFIO_DEVICE_RESET" "unbind $queue" "the guest has lost its adapter" "bind it" \
	"the guest has the adapter again" "unassign everything" "the VM ends" "the matrix is idle"; do
	number_of_line=$(grep '^ok' $WORK/report | sed -n "s/^ok \([0-9]*\) $name.*/\1/p" | head -n 1)
	[ -n "$number_of_line" ] || give_up "no line \"$name\""
	signal=$1
	shift
	set -- "$@" $signal
	interrupt $number_of_line $signal
	case $signal in
	HUP) wanted=129 ;;
	INT) wanted=130 ;;
	KILL) wanted=137 ;;
	TERM) wanted=143 ;;
	esac
	expect "after \"$name\", SIG$signal" $wanted $status
	if [ $signal = KILL ]; then
		"$check_machine" --restore >$WORK/restored 2>&1
		expect "--restore" 0 $?
	fi
	is_as_before "$name" $signal
done

note "the next run restores, too"
interrupt "$number_of_line" KILL
expect "killed" 137 $status
[ -e /run/apmatrix-check-machine ] || fail "nothing was left to be undone"
"$check_machine" $queue >$WORK/report 2>&1
expect "the next run" 0 $?
grep -q "undoing what a check" $WORK/report || fail "it does not say so: $(cat $WORK/report)"
is_as_before "the next run" none
