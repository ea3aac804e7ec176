# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="restore defined matrices after a boot, as far as their queues are available, and only once"
REQUIRES="module apmatrix"

free_for_guests 5,6
tool_expect 0 create first -u $U1 -a 5 -d 4,0x47 -c 4 --auto
tool_expect 0 create second -u $U2 -a 6 -d 4 --auto
tool_expect 0 create third -u $U3 -a 6 -d 0x47 --manual
for uuid in $U1 $U2 $U3; do
	tool_expect 0 remove $uuid --keep-definition
done
note "as after a boot, and somebody was faster with one queue"
mdev_create $U4
assign $U4 adapter 6 domain 4
tool_expect 8 restore --boot --timeout 10
grep -q $U1 $WORK/tool.out || fail "it does not show what it did: $(cat $WORK/tool.out)"
grep -q $U4 $WORK/tool.err || fail "it does not name the owner: $(cat $WORK/tool.err)"
expect "the first" "05.0004 05.0047" "$(matrix $U1)"
expect "its control domains" "0004" "$(control_domains $U1)"
[ ! -e $MATRIX/$U2 ] || fail "half of the second is there"
[ ! -e $MATRIX/$U3 ] || fail "the third is not to be started"
mdev_remove $U4
tool_expect 0 restore --boot --timeout 10
expect "the second" "06.0004" "$(matrix $U2)"
tool_expect 0 restore third
expect "the third, by name" "06.0047" "$(matrix $U3)"
tool_expect 0 restore --json
grep -q '"changed": false' $WORK/tool.out || fail "it did something again"
tool_expect 0 remove $U1 $U2 $U3
