# SPDX-License-Identifier: GPL-2.0-only
# Debian has no callout of mdevctl for matrices: this uses the one beside it, "callout".
SHOWS="C-04 C-05"
DESCRIPTION="let mdevctl change the matrix of a running guest, completely or not at all"
REQUIRES="debian module apvmm"
SLOW=8

free_for_guests 5,6
modify() {
	mdevctl modify -u $U1 --live --defined --jsonfile "$(definition "$@")" 2>$WORK/mdevctl.err
}
unchanged() { # WHY
	grep -q "$1" $WORK/mdevctl.err || fail "said: $(cat $WORK/mdevctl.err)"
	guest_has "$has"
	expect "updates of the guest" $changes "$(crycb_changes)"
	expect "the definition" "$attributes" "$(defined)"
}
changed() {
	guest_has "$has"
	changes=$((changes + 1))
	expect "updates of the guest" $changes "$(crycb_changes)"
	expect "the definition" "$attributes" "$(defined)"
}

must mdevctl define -p matrix -u $U1 --jsonfile "$(definition adapter 5 domain 4)"
must mdevctl start -u $U1
guest
has="05.0004" attributes="assign_adapter=5 assign_domain=4" changes=$(crycb_changes)

note "nobody there who knows how"
modify adapter 5 6 domain 4 && fail "modified without a call-out"
unchanged "Live modification is not supported"

callout
note "adapter, domain and control domain at once"
must modify adapter 5 6 domain 4 0x47 control_domain 0xab
has="05.0004 05.0047 06.0004 06.0047"
attributes="assign_adapter=5 assign_adapter=6 assign_domain=4 assign_domain=0x47"
attributes="$attributes assign_control_domain=0xab"
changed
expect "the control domains" 00ab "$(control_domains)"

note "one adapter for another"
must modify adapter 6 domain 4
has="06.0004" attributes="assign_adapter=6 assign_domain=4"
changed
expect "the control domains" "" "$(control_domains)"

note "queues of the host"
modify adapter 6 0xa domain 4 0x47 && fail "modified with queues of the host"
unchanged EADDRNOTAVAIL

note "a queue of another matrix"
mdev_create $U2
assign $U2 adapter 5 domain 0x47
modify adapter 5 6 domain 4 0x47 && fail "modified with another's queue"
unchanged EADDRINUSE
expect "the other matrix" 05.0047 "$(matrix $U2)"

vmm_end
must mdevctl stop -u $U1
must mdevctl undefine -u $U1
