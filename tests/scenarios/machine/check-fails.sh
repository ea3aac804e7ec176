# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="have the check for machines fail where queues do, and leave the host as it was"
REQUIRES="ours apmatrix apvmm"

# guest-run's
# shellcheck disable=SC2154
completed() { sed -n 's/^complete //p' $MATRIX/resets; }
had=$(completed)
free_for_guests 5
# else the fault meets the resets of the queues that are bound, and the guest gets none of them
check "card 5 is ready for guests" wait_for 60 eval '[ "$(completed)" -ge $((had + $(echo $BUS/devices/05.* | wc -w))) ]'
sim "queue resetfail 05.0004 09"
"${scenarios%/*}/machine/check" 05.0004 >$WORK/report 2>&1
expect "its status" 1 $?
grep -q "^not ok [0-9]* VFIO_DEVICE_RESET # fail EIO" $WORK/report || fail "passed: $(cat $WORK/report)"
! grep -q "unbind" $WORK/report || fail "it goes on: $(cat $WORK/report)"
grep -q "^ok [0-9]* all is undone" $WORK/report || fail "not undone: $(cat $WORK/report)"
expect "nothing is left to be undone" "" "$(find /run/apmatrix-check-machine 2>/dev/null)"
expect "its driver" vfio_ap "$(bound_to 05.0004)"
expect "the masks" "$(mask $(seq 0 4) $(seq 6 255))" "$(words $BUS/apmask)"
expect "mdevs" "" "$(ls /sys/bus/mdev/devices)"
