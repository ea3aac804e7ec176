# SPDX-License-Identifier: GPL-2.0-only
# with a call-out of the tests' own, which tells mdevctl the attributes
SHOWS=""
DESCRIPTION="let mdevctl define a running matrix, and start it from that definition"
REQUIRES="debian module"

free_for_guests 5,6
callout
mdev_create
assign $U1 adapter 5 6 domain 4 0xab control_domain 0xab
must mdevctl define -u $U1
expect "the definition" "assign_adapter=0x05 assign_adapter=0x06 assign_domain=0x0004 \
assign_domain=0x00ab assign_control_domain=0x00ab" "$(defined)"
before=$(ap_config)
must mdevctl stop -u $U1
[ ! -e $MATRIX/$U1 ] || fail "it is still there"
must mdevctl start -u $U1
expect "ap_config" "$before" "$(ap_config)"
expect "mdevctl's own list" "$(defined)" "$(mdevctl list -u $U1 --dumpjson |
	jq -r '[.. | .attrs? // empty | .[] | to_entries[] | "\(.key)=\(.value)"] | join(" ")')"
must mdevctl stop -u $U1
must mdevctl undefine -u $U1
