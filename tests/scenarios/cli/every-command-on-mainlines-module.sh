# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="run each command with the kernel's own vfio_ap: do what it can, and report what it cannot"
REQUIRES="stock 6.12+ apmatrix apvmm"

out() { grep -qE "$1" $WORK/tool.out || fail "not in the output: $1; but $(cat $WORK/tool.out)"; }
err() { grep -qE "$1" $WORK/tool.err || fail "not said: $1; but $(cat $WORK/tool.err)"; }
value() { apmatrix show "$1" --field "$2" | xargs; }

free_for_guests 5,6
note "change"
tool_expect 0 create first -u $U1 -a 5 -d 4
tool_expect 0 create second --queues 1 --mode cca
tool_expect 0 remove second
tool_expect 0 define first --manual
tool_expect 0 autostart first on
err 'apmatrix-restore.service is not'
tool_expect 0 autostart first off
tool_expect 0 rename first web1
tool_expect 0 stop web1
tool_expect 0 start web1
guest
tool_expect 0 assign web1 -d 0x47 --wait-guest 60
out 'guest gets 05.0047'
guest_has "05.0004 05.0047"
tool_expect 0 set web1 -d +0x48 --dry-run
out '^preview: nothing is changed'
tool_expect 5 unassign web1 -d 0x47
err 'a running guest would lose 1 of its 2 queues: 05.0047'
tool_expect 0 unassign web1 -d 0x47 --allow-loss
tool_expect 0 undo
guest_has "05.0004 05.0047"
tool_expect 0 assign web1 -a 6 --confirm 600
guest_has "05.0004 05.0047 06.0004 06.0047"
tool_expect 0 confirm
expect "the definition has it" "0x05 0x06" "$(apmatrix show web1 --field adapters | xargs)"
tool_expect 0 refresh web1
tool_expect 5 remove web1
err 'in use by a guest'

note "show: guest, state and reasons, computed from sysfs where the kernel gives none"
unbind 06.0047
tool_expect 0 list
out '^web1 +.* in-use +manual +0x05-0x06 +0x04,0x47 +- +4 +2 +2'
tool_expect 0 explain
out 'web1: 2 of 4 assigned queues are in the guest \(reasons computed from sysfs\)'
out '06.0004 +MISSING +sibling-withheld'
out '06.0047 +MISSING +unbound'
expect "counted" 2 "$(value web1 missing-count)"
tool_expect 0 queues --of web1
out '^06.0047 .* missing +web1 +unbound'
tool_expect 0 grid
out 'web1, in-use: 4 assigned, 2 missing'
tool_expect 0 show web1 --json
out '"told_by": "apmatrix"'
note "which control domains the guest has is not known"
out '"guest_control_domains": null'
tool_expect 0 status
out 'web1: the guest lacks 2 of 4 queues'
tool_expect 0 host
out '^vfio_ap +guest_matrix hotplug'
tool_expect 0 metrics
out '^apmatrix_missing_queues\{reason="unbound"\} 1'
note "resets are not told: there is no line of them"
! grep -q '^apmatrix_resets' $WORK/tool.out || fail "resets are counted: $(grep resets $WORK/tool.out)"
note "changes of guests are polled, and it says so"
tool_expect 0 monitor --timeout 1
out '^ready poll'
tool_expect 0 pool reserve --apqn 06.0047
tool_expect 0 wait web1 --guest-has 06.0047 --timeout 60
guest_has "05.0004 05.0047 06.0004 06.0047"

note "plan"
tool_expect 0 export
cp $WORK/tool.out $WORK/plan.json
tool_expect 0 plan $WORK/plan.json --exit-code
out '^no change needed'
vmm_end
tool_expect 0 remove web1
tool_expect 0 apply $WORK/plan.json
expect "as it was" "05.0004 05.0047 06.0004 06.0047" "$(matrix)"
tool_expect 0 export web1 --as mdevctl
cp $WORK/tool.out $WORK/definition.json
tool_expect 0 import $WORK/definition.json -u $U1
for what in hostdev qemu libvirt shell; do
	tool_expect 0 export web1 --as $what
	out $U1
done
tool_expect 0 check
printf 'unassign web1 -a 6\nassign web1 -a 6\n' >$WORK/lines
tool_expect 0 batch $WORK/lines --atomic

note "host"
tool_expect 0 pool show
out '^pool +by masks'
tool_expect 0 persist web1
tool_expect 0 remove web1 --keep-definition
tool_expect 0 restore web1
expect "restored" "05.0004 05.0047 06.0004 06.0047" "$(matrix)"
tool_expect 0 undefine web1
tool_expect 0 doctor
out '^note module-is: vfio_ap is '
tool_expect 0 completion bash
tool_expect 0 help commands
tool_expect 0 remove web1
