# SPDX-License-Identifier: GPL-2.0-only
# systemd's own journal, without the rest of systemd: it reads what the tool sends.
SHOWS=""
DESCRIPTION="find each change in the journal of systemd, with user, command, states and result"
REQUIRES="debian module apmatrix 6.12+"

[ -s /etc/machine-id ] || echo 0123456789abcdef0123456789abcdef >/etc/machine-id
mkdir -p /run/log/journal /run/systemd/journal /sys/fs/cgroup
mountpoint -q /sys/fs/cgroup || must mount -t cgroup2 cgroup2 /sys/fs/cgroup
/usr/lib/systemd/systemd-journald >$WORK/journald.out 2>&1 &
daemons=$! daemons_end=-KILL
wait_for 60 test -S /run/systemd/journal/socket || give_up "no journal: $(cat $WORK/journald.out)"
records() { journalctl -q -o json SYSLOG_IDENTIFIER=apmatrix 2>$WORK/journalctl.out; }
recorded() { [ "$(records | wc -l)" -ge $1 ]; }
field() { records | sed -n "$1{s/.*\"$2\" *: *\"\([^\"]*\)\".*/\1/p}"; }

free_for_guests 5
tool_expect 0 create first -u $U1 -a 5 -d 4
tool_expect 0 assign first -d 0x48
wait_for 60 recorded 2 || give_up "not in the journal: $(cat $WORK/journald.out $WORK/journalctl.out)"
expect "what" create "$(field 1 APMATRIX_COMMAND)"
expect "who" "$(id -u)" "$(field 1 APMATRIX_UID)"
expect "who, by the kernel" "$(id -u)" "$(field 1 _UID)"
expect "which" $U1 "$(field 2 APMATRIX_MATRIX)"
expect "result" done "$(field 2 APMATRIX_RESULT)"
check "before" eval "records | sed -n 2p | grep -q 'APMATRIX_BEFORE.*domains[^]]*\[4\][^A]'"
check "after" eval "records | sed -n 2p | grep -q 'APMATRIX_AFTER.*domains[^]]*\[4, 72\]'"
note "too long for one message"
{
	printf '{"api_level": 1, "matrices": ['
	for number in $(seq 80); do
		printf '%s{"name": "d%s", "active": false, "start": "manual", "adapters": ["0-255"], "domains": ["0-255"]}' \
			"$comma" $number
		comma=,
	done
	echo ']}'
} >$WORK/plan.json
tool_expect 0 apply $WORK/plan.json -q
wait_for 60 recorded 3 || fail "the long record is not there"
expect "the command of the long record" apply "$(field 3 APMATRIX_COMMAND)"
tool_expect 0 remove all -q
tool_expect 0 list
