# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="exit with the documented status for each kind of refusal, and change nothing"
REQUIRES="module apmatrix"

free_for_guests 5
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
note "usage: an unknown option, a number with a leading zero, nothing named"
tool_expect 2 list --no-such-option
tool_expect 2 assign $U1 -a 047
tool_expect 2 assign $U1
tool_expect 2 assign $U1 -a 300
note "not found, conflict with another mdev, conflict with the host"
tool_expect 3 show $U3
tool_expect 4 assign $U2 -a 5 -d 4
grep -q $U1 $WORK/tool.err || fail "it does not name the owner: $(cat $WORK/tool.err)"
tool_expect 4 assign $U2 -a 6 -d 4
expect "one matrix" "05.0004" "$(matrix $U1)"
expect "the other" "" "$(matrix $U2)"
tool_expect 0 assign $U1 -a 5
note "busy: what another one has to give up first"
masks=$(words $BUS/apmask)
tool_expect 5 pool release -a 5
expect "apmask" "$masks" "$(words $BUS/apmask)"
