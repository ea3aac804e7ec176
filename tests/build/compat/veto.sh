#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2034,SC2154
#
# The rest of load.sh for an AP bus that does not ask its drivers: what the shim does to
# the bus's attributes, and that it does so only to what it knows, waits for who is on his
# way, and leaves everything as it was. With the module meddle, which does what others may.

mask=/sys/bus/ap/apmask
meddle=/sys/module/meddle/parameters/meddle
all_ones=0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff

whose_store() { cat /sys/module/meddle/parameters/store; }

# waits_in PID FUNCTION: once its stack has it; what it waits for comes later
waits_in()
{
	for _ in $(seq 250); do
		grep -q "$2" "/proc/$1/stack" 2>/dev/null && return
		[ -e "/proc/$1" ] || return
		usleep 20000
	done
	return 1
}

# one test are all steps up to verdict NAME
ktap_test=veto
verdict()
{
	ktap_test=load-$kernel-$1
	test_end
	ktap_test=veto ktap_why=
}

insmod /compat/meddle/meddle.ko || not_ok "load-$kernel-veto" "no meddle"

expect "at first" apmask_store "$(whose_store)"
insmod "$ours" || wrong "not loaded"
expect "while loaded" "store_apmask [vfio_ap]" "$(whose_store)"
rmmod vfio_ap
expect "when gone" apmask_store "$(whose_store)"
verdict veto-takes-and-gives-back

for what in mode name noname show store; do
	case $what in mode | *name) why="name or mode differ" ;; *) why="$what function differs" ;; esac
	echo $what >$meddle
	refused veto-refuses-another-$what \
		"AP bus attribute apmask is not as expected, not loading: $why"
	echo undo >$meddle
done

# Loading waits for a write that is under way, and can be interrupted.
echo begin >$meddle
insmod "$ours" 2>/tmp/said &
pid=$!
waits_in $pid vap_compat_ap_veto_start || wrong "insmod does not wait"
kill -TERM $pid
wait $pid && wrong "insmod: status 0"
echo end >$meddle
[ ! -e /sys/module/vfio_ap ] || wrong "the module is still there"
[ ! -e /sys/bus/ap/drivers/vfio_ap ] || wrong "the driver is still there"
expect "given back" apmask_store "$(whose_store)"
verdict load-that-waits-for-a-write-is-interrupted

echo begin >$meddle
insmod "$ours" &
pid=$!
waits_in $pid vap_compat_ap_veto_start || wrong "insmod does not wait"
expect "meanwhile" coming "$(cat /sys/module/vfio_ap/initstate)"
echo end >$meddle
wait $pid || wrong "insmod: status $?"
expect "then" live "$(cat /sys/module/vfio_ap/initstate)"
verdict load-waits-for-a-write-under-way

# a writer who stands in our function, and one who has the file open all the time
exec 7>$mask
echo lock >$meddle
echo -6 >$mask &
writer=$!
waits_in $writer vfio_ap || wrong "the writer is not in our function"
rmmod vfio_ap &
pid=$!
waits_in $pid vap_compat_ap_veto_stop || wrong "rmmod does not wait"
expect "given back before" apmask_store "$(whose_store)"
[ -e /proc/$writer ] || wrong "the writer is gone"
[ -e /sys/module/vfio_ap ] || wrong "the module is gone"
echo unlock >$meddle
wait $writer || wrong "the write: status $?"
wait $pid || wrong "rmmod: status $?"
[ ! -e /sys/module/vfio_ap ] || wrong "the module is still there"
expect "the mask" "0xfd${all_ones#0xff}" "$(cat $mask)"
echo +6 >&7 || wrong "a file that was open is of no use"
exec 7>&-
expect "the mask, put back" $all_ones "$(cat $mask)"
verdict unload-waits-for-a-writer-inside

insmod "$ours" || wrong "not loaded"
echo come >$meddle
log_since >/tmp/ignored
rmmod vfio_ap &
pid=$!
waits_in $pid vap_compat_ap_veto_stop || wrong "rmmod does not wait"
log_since >/tmp/since
grep -q "attribute apmask was changed by store_above.*waiting for that to be undone" /tmp/since ||
	wrong "the log says: $(cat /tmp/since)"
echo -6 >$mask || wrong "a write through both fails"
echo +6 >$mask || wrong "a write through both fails"
echo go >$meddle
wait $pid || wrong "rmmod: status $?"
expect "when gone" apmask_store "$(whose_store)"
verdict unload-waits-for-who-came-later

rmmod meddle
