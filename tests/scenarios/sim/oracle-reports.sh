# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="report a deliberate violation of each rule of the oracle"
REQUIRES="none"

before=$(cat $SIM/oracle)
expect "the self-test" "leaks reported sharings reported unclean reported unbound reported\
 trespasses reported stale reported interrupts reported ok" "$(words $SIM/selftest)"
expect "the oracle afterwards" "$before" "$(cat $SIM/oracle)"
rescan
[ "$(oracle instructions)" -gt 0 ] || fail "the oracle counted no instruction"
cat $BUS/devices/card05/serialnr >/dev/null
[ "$(oracle transfers)" -gt 0 ] || fail "the oracle counted no transfer"
put $SIM/oracle clear
expect "transfers, cleared" 0 "$(oracle transfers)"
