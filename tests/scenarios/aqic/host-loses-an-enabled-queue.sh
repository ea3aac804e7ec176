# SPDX-License-Identifier: GPL-2.0-only
# Mainline frees the page and the registration of the GISC when it resets a queue; one that the
# host has lost is not reset. Upstream commit 65e05ec252a9; 6.12 up to 6.12.109, 6.18 up to
# 6.18.50 and 7.2 up to 7.2.4 have the fault. (6.1 issues ZAPQ in any case, and frees them.)
# Calls are counted, since VmLck shows pinned pages with type 1 only: iommufd counts them per user.
SHOWS="part-1 part-12 I11 C18!6.12"
DESCRIPTION="give back page and GISC of a queue with interrupts that the host loses"
REQUIRES="module apvmm"

. "$here/race.sh"
pinned() {
	pins=$(($(race_calls vfio_pin_pages) - $(race_pins_failed)))
	echo $((pins - $(race_calls vfio_unpin_pages)))
}

race_count
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=06.0004)"
expect "pinned pages" 1 "$(pinned)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004 nib=0x3000)"
expect "pinned pages" 2 "$(pinned)"
note "taken away by the SE, and unplugged"
sim "card del 5"
sim configchange
rescan
guest_has "06.0004"
settle "pinned pages" 1 pinned
[ $ktap_failed = 0 ] || give_up "unmapping memory whose page is pinned stops the machine"
sim "card add 5 type=cex8 mode=cca"
sim configchange
rescan
guest_has "05.0004 06.0004"
expect "AQIC again" 00 "$(said rc vm aqic on apqn=05.0004)"
sim "domain del 4"
sim configchange
rescan
guest_has ""
settle "pinned pages" 0 pinned
vmm_expect ok vm mem unmap 0 0x1000000
sim "domain add 4"
sim configchange
rescan
race_forget
