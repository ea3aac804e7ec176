# SPDX-License-Identifier: GPL-2.0-only
# Masks cannot take a queue that a matrix has; a driver override can.
SHOWS=""
DESCRIPTION="refuse what the module refuses if the host has a queue of a matrix, and no more"
REQUIRES="ours apmatrix"

free_for_guests 5,6
tool_expect 0 create -u $U1 -a 5,6 -d 4
tool_expect 5 pool release -a 6
note "a queue of the host, which the module does not accept"
tool_expect 4 assign $U1 -a 0x0a
grep -q "assign $U1: 0a.0004: kept for the host's drivers" $WORK/tool.err ||
	fail "not told: $(cat $WORK/tool.err)"
refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 0x0a
tool_expect 0 remove $U1
tool_expect 0 pool release -a all -d all
[ -e $BUS/devices/05.0004/driver_override ] || exit 0

tool_expect 0 pool reserve --apqn 05.0004,05.0047,06.0004,06.0047
tool_expect 0 create -u $U1 -a 5,6 -d 4
put $BUS/devices/06.0004/driver_override "
"
unbind 06.0004
put $BUS/drivers_probe 06.0004
expect "its driver" cex4queue "$(bound_to 06.0004)"
note "the host has 06.0004; a further domain adds 05.0047 and 06.0047"
tool_expect 0 assign $U1 -d 0x47
expect "the matrix" "05.0004 05.0047 06.0004 06.0047" "$(matrix)"
note "what the host has does not return to it"
tool_expect 0 pool reserve --apqn 05.00ff
tool_expect 0 pool release --apqn 05.00ff
tool_expect 5 pool release --apqn 05.0004
note "once it is unassigned, it is the host's"
tool_expect 0 unassign $U1 -a 6
tool_expect 4 assign $U1 -a 6
refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 6
tool_expect 0 pool reserve --apqn 06.0004,06.0047
tool_expect 0 assign $U1 -a 6
tool_expect 0 remove $U1
tool_expect 0 pool release -a all
