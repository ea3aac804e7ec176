# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A9!"
DESCRIPTION="list the control domains of the guest and the ISCs of its interrupts"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47 control_domain 4 5 0x47
list() { words $MATRIX/$U1/"$1"; }
expect "without a guest" "0004 0047" "$(list guest_control_domains)"
guest
expect "with a guest" "0004 0047" "$(list guest_control_domains)"
expect "its mask" "$(mask 4 0x47)" "$(crycb adm)"
sim "control add 5"
sim configchange
rescan
settle "once the host has 5" "0004 0005 0047" list guest_control_domains
expect "its mask" "$(mask 4 5 0x47)" "$(crycb adm)"
expect "interrupts" "" "$(list guest_interrupts)"
must vmm vm aqic on apqn=05.0047 isc=5 >/dev/null
must vmm vm aqic on apqn=05.0004 isc=2 >/dev/null
expect "interrupts" "05.0004 2 05.0047 5" "$(list guest_interrupts)"
must vmm vm aqic off apqn=05.0004 >/dev/null
settle "interrupts" "05.0047 5" list guest_interrupts
vmm_end
settle "without a guest" "" list guest_interrupts
for word in guest_control_domains guest_interrupts reasons guest_notify; do
	grep -qw $word $MATRIX/features || fail "features lack $word"
done
