# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-12 part-13 part-14 I36"
DESCRIPTION="give a card back to the guest after the host lost it for a moment, again and again"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
for turn in 1 2 3 4 5 6 7 8; do
	sim "card del 6; configchange; card add 6 type=cex8 mode=ep11; configchange"
	rescan
	wait_for 20 prints "05.0004 06.0004" full_guest_matrix || fail "turn $turn: card 6 is missing"
	[ $ktap_failed = 0 ] || break
done
guest_has "05.0004 06.0004"
