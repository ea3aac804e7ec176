# SPDX-License-Identifier: GPL-2.0-only
# After each line of the report one run is interrupted, by another signal each time.
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
	expect "line $1, SIG$2: the host" "$before" "$(host)"
	expect "line $1, SIG$2: left to be undone" "" "$(find /run/apmatrix-check-machine 2>/dev/null)"
	! pgrep -x apvmm >/dev/null || fail "line $1, SIG$2: the VMM lives"
}

mkfifo $WORK/lines
free_for_guests 5
before=$(host)
"$check_machine" $queue >$WORK/report 2>&1
expect "a whole run" 0 $?
is_as_before all none
lines=$(grep -c '^ok' $WORK/report)
[ "$lines" -ge 25 ] || fail "only $lines lines: $(cat $WORK/report)"

set -- KILL TERM INT KILL HUP
number_of_line=1
while [ $number_of_line -le $((lines - 2)) ]; do
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
	expect "after \"$line\", SIG$signal" $wanted $status
	if [ $signal = KILL ]; then
		"$check_machine" --restore >$WORK/restored 2>&1
		expect "--restore" 0 $?
	fi
	is_as_before $number_of_line $signal
	number_of_line=$((number_of_line + 1))
done

note "the next run restores, too"
interrupt 12 KILL
expect "killed" 137 $status
[ -e /run/apmatrix-check-machine ] || fail "nothing was left to be undone"
"$check_machine" $queue >$WORK/report 2>&1
expect "the next run" 0 $?
grep -q "undoing what a check" $WORK/report || fail "it does not say so: $(cat $WORK/report)"
is_as_before 12 KILL
