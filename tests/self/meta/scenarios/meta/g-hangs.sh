# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="hang, with a child that hangs as well"
note "this was printed before"
: >/tmp/hung-here
sleep 3600 &
sleep 3600
