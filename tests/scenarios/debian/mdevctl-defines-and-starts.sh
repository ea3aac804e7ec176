# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-02"
DESCRIPTION="let mdevctl define, start, list and stop a matrix"
REQUIRES="debian module"

free_for_guests 5,6
must mdevctl define -p matrix -t vfio_ap-passthrough -u $U1
attribute() { must mdevctl modify -u $U1 --addattr "$1" --value "$2"; }
attribute assign_adapter 5
attribute assign_adapter 6
attribute assign_domain 4
attribute assign_domain 0xab
attribute assign_control_domain 0xab
must mdevctl start -u $U1
expect "the matrix" "05.0004 05.00ab 06.0004 06.00ab" "$(matrix)"
expect "the control domains" "00ab" "$(control_domains)"
mdevctl list | grep -q "$U1 matrix vfio_ap-passthrough" || fail "list: $(mdevctl list)"
mdevctl types | grep -q "VFIO AP Passthrough Device" || fail "types: $(mdevctl types)"
must mdevctl stop -u $U1
[ ! -e $MATRIX/$U1 ] || fail "it is still there"
expect "instances" 65536 "$(cat $TYPE/available_instances)"
note "an attribute that the kernel refuses: nothing is started"
put $BUS/apmask +6
mdevctl start -u $U1 2>$WORK/mdevctl.err && fail "started with a queue of the host"
[ ! -e $MATRIX/$U1 ] || fail "it was left behind"
grep -q "Cannot assign requested address" $WORK/mdevctl.err || fail "said: $(cat $WORK/mdevctl.err)"
must mdevctl undefine -u $U1
