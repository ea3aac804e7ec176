# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-8 part-9 T-01"
DESCRIPTION="plug an adapter, a domain and a control domain into a running guest, and unplug them"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
guest
expect "guest_matrix" "" "$(guest_matrix)"
assign $U1 adapter 0x05 domain 0x0004 control_domain 0x0004
guest_has "05.0004"
expect "the guest's control domains" "$(mask 4)" "$(crycb adm)"
expect "rc of TAPQ in the guest" 00 "$(said rc vm tapq apqn=05.0004)"
unassign $U1 adapter 0x05 domain 0x0004 control_domain 0x0004
guest_has ""
expect "the guest's control domains" "$(mask)" "$(crycb adm)"
expect "rc of TAPQ in the guest" 01 "$(said rc vm tapq apqn=05.0004)"
