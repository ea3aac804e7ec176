# SPDX-License-Identifier: GPL-2.0-only
# systemd itself in a PID namespace of its own, with no more units than it needs. The tool runs
# in that namespace, on a terminal of its own that ends with the command.
SHOWS=""
DESCRIPTION="have a transient unit of systemd undo a change that nobody confirms"
REQUIRES="debian module apmatrix live 6.12+"

own=$WORK/units
boot() {
	env container=lab SYSTEMD_UNIT_PATH=$own:/run/systemd/transient \
		SYSTEMD_GENERATOR_PATH=/nowhere \
		unshare --pid --fork --mount --mount-proc --kill-child /usr/lib/systemd/systemd \
		--system --unit=lab.target </dev/null >$WORK/systemd.out 2>&1 &
	daemons=$! daemons_end=-KILL
	wait_for 60 pgrep -P $daemons >/dev/null || give_up "no systemd: $(cat $WORK/systemd.out)"
	first=$(pgrep -P $daemons)
	wait_for 90 runs lab.target || give_up "systemd does not start: $(cat $WORK/systemd.out)"
}
inside() { nsenter --target $first --pid --mount "$@"; }
runs() { inside systemctl --quiet is-active "$1" 2>/dev/null; }
# on_terminal OPTIONS...: of apmatrix
on_terminal() {
	inside script -qec "apmatrix $*" /dev/null </dev/null >$WORK/terminal.out 2>&1 ||
		fail "apmatrix $*: $(cat $WORK/terminal.out)"
}
domains() { apmatrix show first --field "$1" | xargs; }
defined() {
	apmatrix show first --json |
		sed -n '/"definition"/,$s/.*"domains": \(\[.*\]\).*/\1/p' | head -n 1
}
waiting() { inside systemctl list-units --plain --no-legend "apmatrix-confirm-*"; }
nobody_waits() { [ -z "$(waiting)" ]; }
has() { [ "$(domains domains)" = "$1" ]; }

mkdir -p $own /sys/fs/cgroup
for unit in sysinit.target basic.target shutdown.target; do
	must cp /usr/lib/systemd/system/$unit $own/
done
printf '[Unit]\nRequires=basic.target\nAfter=basic.target\n' >$own/lab.target
mountpoint -q /sys/fs/cgroup || must mount -t cgroup2 cgroup2 /sys/fs/cgroup
boot

free_for_guests 5
tool_expect 0 create first -u $U1 -a 5 -d 4 --manual
note "confirmed in time"
on_terminal assign first -d 0x48 --confirm 600
check "the unit waits" eval "waiting | grep -q 'loaded active running'"
expect "the change runs" "0x04 0x48" "$(domains domains)"
expect "the definition is as before" "[4]" "$(defined)"
on_terminal confirm
expect "the change stays" "0x04 0x48" "$(domains domains)"
expect "the definition has it" "[4, 72]" "$(defined)"
wait_for 60 nobody_waits || fail "a unit is left: $(waiting)"

note "the terminal has ended, and nobody confirms"
on_terminal unassign first -d 0x48 --confirm 5
check "it says so" grep -q "apmatrix confirm" $WORK/terminal.out
wait_for 120 has "0x04 0x48" || fail "it is not undone"
expect "the definition was not changed" "[4, 72]" "$(defined)"
wait_for 60 nobody_waits || fail "a unit is left: $(waiting)"
check "status tells it" eval "apmatrix status | grep -q 'unassign first -d 0x48 --confirm 5 was undone: it was not confirmed in time'"
tool_expect 10 confirm

note "a reboot in between: systemd, matrices and /run go"
on_terminal unassign first -d 0x48 --confirm 600
expect "the change runs" "0x04" "$(domains domains)"
kill -KILL $daemons
wait $daemons 2>/dev/null
put $MATRIX/$U1/remove 1
rm -rf /run/apmatrix /run/systemd
boot
tool_expect 0 start first
expect "nothing of the change is left" "0x04 0x48" "$(domains domains)"
expect "nor in the definition" "[4, 72]" "$(defined)"
expect "no unit" "" "$(waiting)"
tool_expect 3 confirm
check "nothing is half done" eval "! apmatrix doctor | grep -e change-interrupted -e left-over -e lock-"
tool_expect 0 remove first
