# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="answer requests of the host's zcrypt to CCA and EP11 cards"
REQUIRES="none"

requests() { cat $BUS/devices/"$1"/request_count; }
for card in card05 card06; do
	before=$(requests $card)
	serial=$(cat $BUS/devices/$card/serialnr)
	note "$card: serial number $serial"
	check "$card has a serial number" [ -n "$serial" ]
	after=$(requests $card)
	check "$card has had a request" [ "$after" -gt "$before" ]
done
check "05.0004 shows its master keys" [ -n "$(cat $BUS/devices/05.0004/mkvps)" ]
check "the oracle saw $(oracle transfers) transfers, at least 4" [ "$(oracle transfers)" -ge 4 ]
check "a queue of card 5 holds data of the host" grep -q '^05.* taint=host' $SIM/queues
check "an NQAP in the log" eval "sim_did ' host nqap 05' >/dev/null"
