# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="count and log every instruction by function code, queue and executor"
REQUIRES="none"

counter() { awk -v k="$1" '$1 == k { print $2 }' $SIM/counters; }
expect "counters after a reset of them" "0 0" "$(counter pqap.zapq) $(counter nqap)"
unbind 05.0004
expect "ZAPQs" "$(counter pqap.zapq)" "$(sim_count 'host pqap.zapq. 05.0004')"
[ "$(counter pqap.zapq)" -ge 1 ] || fail "the unbind has not reset its queue"
grep '^05.0004' $SIM/counters | grep -q "zapq=$(counter pqap.zapq)" ||
	fail "not counted for the queue"
expect "for another queue" "" "$(grep '^05.0047.*zapq=[1-9]' $SIM/counters)"
sim_clear_log
expect "the log, cleared" "" "$(cat $SIM/log)"
