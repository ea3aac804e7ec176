# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="answer requests of the host's zcrypt to CCA and EP11 cards"
REQUIRES="none"

requests() { cat $BUS/devices/"$1"/request_count; }
for card in card05 card06; do
	before=$(requests $card)
	serial=$(cat $BUS/devices/$card/serialnr)
	note "$card: serial number $serial"
	[ -n "$serial" ] || fail "$card has no serial number"
	after=$(requests $card)
	[ "$after" -gt "$before" ] || fail "$card has had no request"
done
[ -n "$(cat $BUS/devices/05.0004/mkvps)" ] || fail "05.0004 tells no master keys"
[ "$(oracle transfers)" -ge 4 ] || fail "the oracle saw $(oracle transfers) transfers"
grep -q '^05.* taint=host' $SIM/queues || fail "no queue of card 5 holds data of the host"
sim_did ' host nqap 05' >/dev/null || fail "no NQAP in the log"
