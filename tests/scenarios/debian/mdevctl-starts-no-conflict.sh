# SPDX-License-Identifier: GPL-2.0-only
# There is no callout that checks first: the kernel finds the conflicts.
SHOWS="C-02 C-03"
DESCRIPTION="keep mdevctl from starting a matrix with a queue of another one or of the host"
REQUIRES="debian module apvmm"

free_for_guests 5
define() { # UUID, then as definition
	define_uuid=$1
	shift
	must mdevctl define -p matrix -u $define_uuid --jsonfile "$(definition "$@")"
}
start_fails() { # UUID WHY
	mdevctl start -u $1 2>$WORK/mdevctl.err && fail "$1 was started"
	grep -q "$2" $WORK/mdevctl.err || fail "said: $(cat $WORK/mdevctl.err)"
	[ ! -e $MATRIX/$1 ] || fail "$1 was left behind"
}
define $U1 adapter 5 domain 4
define $U2 adapter 5 domain 0x47 4
define $U3 adapter 5 0xa domain 0xab
must mdevctl start -u $U1
guest
changes=$(crycb_changes)

start_fails $U2 "Address already in use"
dmesg | grep "$U2.*05\.0004.*$U1" || fail "the log does not say whose: $(dmesg | tail -n 3)"
start_fails $U3 "Cannot assign requested address"
guest_has 05.0004
expect "updates of the guest" $changes "$(crycb_changes)"

note "once it is free, it starts"
vmm_end
must mdevctl stop -u $U1
must mdevctl start -u $U2
expect "the matrix" "05.0004 05.0047" "$(matrix $U2)"
must mdevctl stop -u $U2
for uuid in $U1 $U2 $U3; do
	must mdevctl undefine -u $uuid
done
