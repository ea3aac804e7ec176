# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A6"
DESCRIPTION="show what would be changed, and change nothing"
REQUIRES="module apmatrix"

free_for_guests 5
mdev_create
tool_expect 0 assign $U1 -a 5 -d 4 --dry-run
expect "the matrix" "" "$(matrix)"
tool_expect 0 assign $U1 -a 5 -d 4
expect "the matrix" "05.0004" "$(matrix)"
