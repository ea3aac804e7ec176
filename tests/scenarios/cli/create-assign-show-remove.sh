# SPDX-License-Identifier: GPL-2.0-only
# first light of the tool
SHOWS=""
DESCRIPTION="create, fill, show and remove a matrix with the tool"
REQUIRES="module apmatrix"

free_for_guests 5,6
tool_expect 0 create -u $U1
[ -d $MATRIX/$U1 ] || give_up "no mdev"
tool_expect 0 assign $U1 -a 5 -d 4,0x47 -c 4
expect "the matrix" "05.0004 05.0047" "$(matrix)"
expect "the control domains" "0004" "$(control_domains)"
tool_expect 0 show $U1 --field matrix
expect "shown" "05.0004 05.0047" "$(words $WORK/tool.out)"
tool_expect 0 list
grep -q $U1 $WORK/tool.out || fail "the list has not got it"
tool_expect 0 list --json
grep -q "\"uuid\": *\"$U1\"" $WORK/tool.out || fail "JSON: $(cat $WORK/tool.out)"
tool_expect 0 unassign $U1 -d 0x47
expect "the matrix" "05.0004" "$(matrix)"
tool_expect 0 remove $U1
[ ! -e $MATRIX/$U1 ] || fail "the mdev is still there"
