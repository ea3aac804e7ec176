# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="apply a plan file: show it first, apply all or nothing, and change nothing the second time"
REQUIRES="module apmatrix"

# Writes plan files and runs "apmatrix plan" and "apmatrix apply" on them. The exit status of
# plan, the JSON of apply and the matrices in sysfs show that plan changes nothing, that a second
# apply changes nothing, and that an old plan ID is refused. A foreign mdev holds a queue of the
# second plan: without --partial nothing of that plan may exist, with --partial all but that
# matrix. Export, import and restore are then checked in the same way, and --prune with and
# without --any-owner.

plan_of() {	# MATRICES
	echo "{\"api_level\": 1, \"pool\": {\"adapters\": [5, 6]}, \"matrices\": [$1]}" >$WORK/plan.json
}
one="{\"name\": \"one\", \"uuid\": \"$U1\", \"start\": \"auto\", \"adapters\": [5],
	\"domains\": [\"0x04\", \"0x47\"], \"control_domains\": \"same\"}"

plan_of "$one"
tool_expect 9 plan $WORK/plan.json --exit-code
planned=$(sed -n 's/^plan //p' $WORK/tool.out)
[ ! -e $MATRIX/$U1 ] || fail "plan made a matrix"
tool_expect 0 apply $WORK/plan.json --expect $planned
expect "the matrix" "05.0004 05.0047" "$(matrix $U1)"
expect "its control domains" "0004 0047" "$(control_domains $U1)"
tool_expect 0 plan $WORK/plan.json --exit-code
tool_expect 0 apply $WORK/plan.json --json
grep -q '"changed": false' $WORK/tool.out || fail "it did something again"
tool_expect 11 apply $WORK/plan.json --expect $planned

note "the second is not available: nothing of the plan is done"
mdev_create $U3
assign $U3 adapter 6 domain 4
plan_of "$one, {\"uuid\": \"$U4\", \"adapters\": [6], \"domains\": [71]},
	{\"uuid\": \"$U2\", \"adapters\": [6], \"domains\": [4]}"
tool_expect 4 apply $WORK/plan.json
[ ! -e $MATRIX/$U4 ] || fail "half of the plan is done"

note "with --partial, all but the second, and that is told"
tool_expect 8 plan $WORK/plan.json --partial
[ ! -e $MATRIX/$U4 ] || fail "plan made a matrix"
tool_expect 8 apply $WORK/plan.json --partial
grep -q $U3 $WORK/tool.err || fail "it does not name the owner: $(cat $WORK/tool.err)"
expect "the available one" "06.0047" "$(matrix $U4)"
[ ! -e $MATRIX/$U2 ] || fail "half of the unavailable one is there"
tool_expect 4 apply $WORK/plan.json --partial
tool_expect 0 remove $U4
mdev_remove $U3

note "what is exported changes nothing; this host would do for its own matrices"
apmatrix export >$WORK/all.json
tool_expect 0 plan $WORK/all.json --prune --exit-code
apmatrix host --json >$WORK/host.json
tool_expect 0 check --target $WORK/host.json --exit-code
tool_expect 0 check --exit-code

note "a definition that comes back from a file, and what a plan does not name goes"
apmatrix export $U1 --as mdevctl >$WORK/$U1
tool_expect 0 remove $U1
tool_expect 0 import $WORK/$U1
[ ! -e $MATRIX/$U1 ] || fail "import made it active"
tool_expect 0 restore
expect "the matrix" "05.0004 05.0047" "$(matrix $U1)"
plan_of ""
tool_expect 0 apply $WORK/plan.json --prune
[ -e $MATRIX/$U1 ] || fail "--prune removed a matrix that has no owner"
tool_expect 0 apply $WORK/plan.json --prune --any-owner
[ ! -e $MATRIX/$U1 ] || fail "it is still there"
tool_expect 0 list --no-headings
expect "what is left" "" "$(cat $WORK/tool.out)"
