# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="run in a fresh boot after another one hung"
[ ! -e /tmp/hung-here ] || fail "this is the boot of the scenario that hung"
