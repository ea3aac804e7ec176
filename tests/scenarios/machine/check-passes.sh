# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="run the check for machines, as an administrator does, and leave the host as it was"
REQUIRES="ours apmatrix apvmm"

# guest-run's
# shellcheck disable=SC2154
check_machine() { "${scenarios%/*}/machine/check" "$@" >$WORK/report 2>&1; }
passed() { grep -q "^ok [0-9]* $1\$" $WORK/report || fail "$1: $(grep "$1" $WORK/report)"; }

free_for_guests 5,6
must mdev_create $U1
assign $U1 adapter 6 domain 0x47
masks="$(words $BUS/apmask) $(words $BUS/aqmask)"

note "all queues of an adapter: no mask takes others"
check_machine 05.0004 05.0047 05.00ab 05.00ff
expect "its status" 0 $?
for name in "it has all" "the reason is given" "apmask cannot take queues of the guest" \
	VFIO_DEVICE_RESET "the queues were zeroized" "the host is as it was"; do
	passed "$name"
done
grep -q " 0 failed, 0 skipped" $WORK/report || fail "$(cat $WORK/report)"
grep -q "^# queue 05.0004: CEX8C" $WORK/report || fail "no type: $(cat $WORK/report)"

note "some queues of two adapters"
mdev_remove $U1
check_machine 06.0047 05.0004 05.0047 06.0004
expect "its status" 0 $?
grep -q "veto # SKIP" $WORK/report || fail "a mask was written: $(cat $WORK/report)"

expect "the masks" "$masks" "$(words $BUS/apmask) $(words $BUS/aqmask)"
expect "nothing is left to be undone" "" "$(find /run/apmatrix-check-machine 2>/dev/null)"
note "no secrets: names of the host, serial numbers, UUIDs of others"
for secret in "$(uname -n)" $U1 $(cat $BUS/devices/card05/serialnr); do
	! grep -wF -e "$secret" $WORK/report || fail "\"$secret\" is in the report"
done

note "machine code of guests, for hosts that have a SIE"
vmm_start
guest_vm vm
vmm_expect ok vm codecheck
