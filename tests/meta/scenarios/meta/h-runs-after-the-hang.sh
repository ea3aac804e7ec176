# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="run in a fresh boot after another one hung"
expect "sleeping processes" 0 "$(pidof sleep | wc -w)"
