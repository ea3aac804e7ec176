# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="report a deliberate leak and a deliberate sharing"
REQUIRES="none"

before=$(cat $SIM/oracle)
expect "the self-test" "leak reported sharing reported ok" "$(words $SIM/selftest)"
expect "the oracle afterwards" "$before" "$(cat $SIM/oracle)"
rescan
[ "$(oracle instructions)" -gt 0 ] || fail "the oracle counted no instruction"
cat $BUS/devices/card05/serialnr >/dev/null
[ "$(oracle transfers)" -gt 0 ] || fail "the oracle counted no transfer"
put $SIM/oracle clear
expect "transfers, cleared" 0 "$(oracle transfers)"
