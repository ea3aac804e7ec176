# SPDX-License-Identifier: GPL-2.0-only
# Three vCPUs of a guest flood: one executes AP instructions with any function code and
# registers, two enable and disable interrupts and use queues. NIBs wrap, cross the end of memory
# or vanish. Nothing of that may be reported, fill the kernel's log, or disturb another guest,
# whose AQICs all succeed. How long these take is printed.
SHOWS="I5 I10 I11 I12 I27 I32 I33"
DESCRIPTION="keep working for a guest while another one executes any AP instruction without pauses"
REQUIRES="ours apvmm"
CPUS=2

. "$here/flood.sh"

AQICS=400
FLOOD=1000
aqics() { flood_aqics "$1" $AQICS; }
flooded() { # INSTRUCTIONS
	for cpu in 1 2 3; do
		stat=$(vmm bad spin stat cpu=$cpu)
		[ "$(answer executed "$stat")" -ge "$1" ] || [ "$(answer ended "$stat")" = 1 ] || return
	done
}

flood_guests
aqics "idle"
lines=$(dmesg | wc -l)
flood_begin
aqics "flooded"
for turn in 1 2 3; do
	vmm_expect ok bad mem unmap 0 0x1000000
	vmm_expect ok bad mem map 0 0x1000000
	unassign $U2 domain 0x47
	assign $U2 domain 0x47
done
aqics "flooded, after changes"
until flooded $FLOOD; do short_nap; done
flood_end $FLOOD
more=$(($(dmesg | wc -l) - lines))
[ $more -le 10 ] || fail "$more lines in the kernel's log: $(dmesg | tail -n 12)"
guest_has good $U1 "05.0004 05.0047"
# KVM's log of the flooding guest is full of its program interruptions
settle "guest_matrix of the flooding guest" "06.0004 06.0047" full_guest_matrix $U2
expect "the domains that its SIE sees" "$(mask 4 0x47)" "$(said aqm bad masks)"
