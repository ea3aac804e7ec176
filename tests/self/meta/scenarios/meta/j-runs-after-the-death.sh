# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="run in a fresh boot after the guest died"
expect "one and one" 2 $((1 + 1))
