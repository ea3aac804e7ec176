# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A14"
DESCRIPTION="change a running guest's matrix, but take a queue from it only with --allow-loss"
REQUIRES="module apmatrix apvmm live"

free_for_guests 5,6
tool_expect 0 create -u $U1 -a 5 -d 4
guest
tool_expect 0 assign $U1 -a 6
guest_has "05.0004 06.0004"
apmatrix unassign $U1 -a 5 >$WORK/tool.out 2>&1
status=$?
note "unassign without --allow-loss: $status"
[ $status -ne 0 ] || fail "it was done"
grep -q allow-loss $WORK/tool.out || fail "no hint: $(cat $WORK/tool.out)"
guest_has "05.0004 06.0004"
tool_expect 0 unassign $U1 -a 5 --allow-loss
guest_has "06.0004"
tool_expect 5 remove $U1
guest_has "06.0004"
note "whose it is, by its process; also without a queue by which it could be seen"
tool_expect 0 show $U1 --json
grep -q "\"guest_info\": {\"pid\": $(cat $WORK/vmm-vm/pid)," $WORK/tool.out ||
	fail "another process: $(grep guest_info $WORK/tool.out)"
tool_expect 0 unassign $U1 -a 6 --allow-loss
tool_expect 0 show $U1 --field state
expect "its state" in-use "$(cat $WORK/tool.out)"
tool_expect 5 remove $U1
[ -d $MATRIX/$U1 ] || fail "it was removed"
