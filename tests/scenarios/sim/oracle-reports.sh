# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="report a deliberate leak and a deliberate sharing"
REQUIRES="none"

before=$(cat $SIM/oracle)
expect "the self-test" "leak reported sharing reported ok" "$(words $SIM/selftest)"
expect "the oracle afterwards" "$before" "$(cat $SIM/oracle)"
