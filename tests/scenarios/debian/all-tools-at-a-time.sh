# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="report the same in apmatrix, mdevctl, lszcrypt and chzdev while all of them are used"
REQUIRES="debian module apvmm apmatrix"
SLOW=13

# First one tool at a time makes a change, and another tool must report it. Then mdevctl, lszcrypt
# and chzdev run in background loops, while apmatrix assigns and unassigns a domain of a running
# guest until each loop has run at least three times. No command of any tool may fail, and the
# guest must have exactly the expected queues after each change. At the end, mdevctl must list
# exactly this matrix, and lszcrypt and apmatrix must list the same queues of vfio_ap.

# turns NAME COMMAND...: the command again and again until the scenario says so
turns() {
	turns_name=$1
	shift
	(
		while [ ! -e $WORK/enough ]; do
			"$@" >$WORK/$turns_name.out 2>&1 || {
				echo "$*: $?"
				cat $WORK/$turns_name.out
			} >>$WORK/$turns_name.failed
			echo >>$WORK/$turns_name.turns
		done
	) &
	turns_pids="$turns_pids $!"
}
mdevctl_turn() { mdevctl start -u $U2 && mdevctl stop -u $U2; }
chzdev_turn() { chzdev -a -t ap aqmask=-0xff && chzdev -a -t ap aqmask=+0xff; }
taken_turns() { # NUMBER NAME...: by each
	taken_wanted=$1
	shift
	for taken_name; do
		[ -e $WORK/$taken_name.turns ] &&
			[ "$(wc -l <$WORK/$taken_name.turns)" -ge "$taken_wanted" ] || return 1
	done
}
change_beside() { # NAME...: while each of them takes three turns
	while ! taken_turns 3 "$@"; do
		tool_expect 0 assign one -d 0xab --lock-timeout 60
		guest_has "05.0004 05.00ab"
		tool_expect 0 unassign one -d 0xab --allow-loss --lock-timeout 60
		guest_has "05.0004"
	done
	touch $WORK/enough
	for beside_pid in $turns_pids; do
		wait "$beside_pid"
	done
	rm $WORK/enough
	turns_pids=
	for beside_name; do
		[ ! -e $WORK/$beside_name.failed ] ||
			fail "beside apmatrix, $(cat $WORK/$beside_name.failed)"
		rm $WORK/$beside_name.turns
	done
}

note "each sees what the other did"
must chzdev -a -t ap apmask=-5-6 >$WORK/chzdev.out
tool_expect 0 host
grep -q "not in apmask *0x05-0x06" $WORK/tool.out || fail "apmatrix: $(cat $WORK/tool.out)"
tool_expect 0 pool reserve -a 6 --persist
lszdev -t ap -i -p | grep -q 'apmask *"0-4,7-255"' || fail "chzdev: $(lszdev -t ap -i -p)"
must chzdev -p -t ap apmask=-7 >$WORK/chzdev.out
tool_expect 0 doctor
grep -q masks-at-boot $WORK/tool.out || fail "apmatrix: $(cat $WORK/tool.out)"
must rm /etc/udev/rules.d/41-ap.rules
tool_expect 0 create one -u $U1 -a 5 -d 4 --manual
mdevctl list | grep -q "^$U1 matrix.*manual" || fail "mdevctl: $(mdevctl list)"
must mdevctl define -p matrix -u $U2 --jsonfile "$(definition adapter 6 domain 4)"
tool_expect 0 show $U2 --field defined
expect "mdevctl's definition" yes "$(cat $WORK/tool.out)"
must mdevctl modify -u $U1 --addattr assign_domain --value 0x47
tool_expect 0 show one --field drift
expect "drift" yes "$(cat $WORK/tool.out)"
tool_expect 0 set one -d 4
expect "mdevctl's attributes" "assign_adapter=0x05 assign_domain=0x04" "$(defined)"
guest

note "matrices come and go, and lszcrypt looks"
turns mdevctl mdevctl_turn
turns lszcrypt lszcrypt -V
change_beside mdevctl lszcrypt
note "masks change; chzdev itself fails if a matrix goes while it reads all of them"
turns chzdev chzdev_turn
turns mdevctl mdevctl list
turns lszcrypt lszcrypt -V
change_beside chzdev mdevctl lszcrypt
tool_expect 0 check one

note "and all tell the same afterwards"
mdevctl list >$WORK/mdevctl.list
expect "mdevctl's matrices" "$U1" "$(cut -d ' ' -f 1 $WORK/mdevctl.list | tr '\n' ' ' | sed 's/ $//')"
lszcrypt -V | awk '$NF == "vfio_ap" && $1 ~ /[.]/ { print $1 }' | sort >$WORK/lszcrypt.queues
apmatrix queues --format csv | awk -F , '$4 == "vfio_ap" { print $1 }' | sort >$WORK/apmatrix.queues
[ -s $WORK/apmatrix.queues ] || fail "no queue of vfio_ap"
cmp $WORK/lszcrypt.queues $WORK/apmatrix.queues || fail "they differ in what vfio_ap has"

vmm_end
tool_expect 0 remove one
must mdevctl undefine -u $U2
