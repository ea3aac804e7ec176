# SPDX-License-Identifier: GPL-2.0-only
# A run is interrupted in each of its phases, once the line of its report came that says what there
# is to be undone. A check that was killed is undone by --restore, or by the next check.
SHOWS=""
DESCRIPTION="restore the host when the check for machines is interrupted, in each phase"
REQUIRES="ours apmatrix apvmm"

# guest-run's
# shellcheck disable=SC2154
check_machine=${scenarios%/*}/machine/check
queue=05.0004
undo=/run/apmatrix-check-machine/undo

# interrupt SIGNAL NAME...: a check, with its line NAME; its report is then in $WORK/report
interrupt() {
	signal=$1
	shift
	name=$*
	case $signal in
	HUP) wanted=129 ;;
	INT) wanted=130 ;;
	KILL) wanted=137 ;;
	TERM) wanted=143 ;;
	esac
	apvmm --signals "$check_machine" $queue >$WORK/lines 2>&1 &
	check_pid=$!
	: >$WORK/report
	while read -r line; do
		echo "$line" >>$WORK/report
		case $line in "ok "*" $name" | "$name") kill -"$signal" $check_pid ;; esac
	done <$WORK/lines
	wait $check_pid
	expect "SIG$signal after \"$name\"" $wanted $?
}

host() {
	words $BUS/apmask
	words $BUS/aqmask
	ls $MATRIX /sys/bus/mdev/devices
	for each in $BUS/devices/??.????; do
		bound_to "${each##*/}"
	done
}

host_is_as_before() {
	expect "after \"$name\": the host" "$before" "$(host)"
	expect "after \"$name\": left to be undone" "" "$(find ${undo%/*} 2>/dev/null)"
	expect "after \"$name\": VMMs" "" "$(pidof apvmm)"
}

# left WORDS...: what a killed check has left to be undone
left() { expect "after \"$name\": left" "$*" "$(cut -d' ' -f1 $undo | paste -sd' ' -)"; }

restore() {
	"$check_machine" --restore >$WORK/restored 2>&1
	expect "--restore after \"$name\"" 0 $?
}

mkfifo $WORK/lines
# one queue for each adapter, so that a mask takes that one and no other
sim "domain del 0x47,0xab,0xff"
sim configchange
free_for_guests 5
before=$(host)

interrupt TERM "create a matrix"
host_is_as_before

interrupt INT "VFIO_DEVICE_RESET"
host_is_as_before

interrupt KILL "the guest has lost its adapter"
left mdev vmm bind
expect "its driver" "" "$(bound_to $queue)"
restore
host_is_as_before

interrupt KILL "apmask cannot take queues of the guest"
left mdev vmm bind mask
note "a mask that was not refused"
put $BUS/apmask -6
restore
host_is_as_before

interrupt HUP "queues are not taken from a running guest without --allow-loss"
host_is_as_before

interrupt TERM "unassign everything while it runs"
host_is_as_before

interrupt KILL "the VM ends"
left mdev vmm bind mask
note "the next check restores, and is interrupted before it changes anything"
interrupt TERM "KTAP version 1"
expect "it says so" 1 "$(grep -c "^# undoing what a check" $WORK/report)"
host_is_as_before
