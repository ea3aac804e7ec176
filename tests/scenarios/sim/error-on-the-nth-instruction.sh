# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="inject a response code into the third ZAPQ of a queue, and into no other"
REQUIRES="none"

sim "inject 05.0004 fc=zapq rc=42 after=2 count=1"
# a driver's own reset may take its time
ready() { grep -q '^05.0004.* state=ok' $SIM/queues; }
for turn in 1 2 3 4; do
	unbind 05.0004
	put $BUS/drivers_probe 05.0004
	wait_for 5 ready || fail "turn $turn: 05.0004 does not come back"
done
expect "the codes" "00 00 42 00" \
	"$(sim_did 'host pqap.zapq. 05.0004' | sed -n 's/.* rc=\(..\).*/\1/p' |
		head -n 4 | words /dev/stdin)"
