# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="pass"
expect "one and one" 2 $((1 + 1))
