# SPDX-License-Identifier: GPL-2.0-only
# Mainline takes the lock of each mdev's VM and does not look whether there is one, so it writes
# near address 0. Upstream commit d50346801b4f, in 7.3-rc1 and in stable releases of 7.2; 6.1 and
# 6.12 have the fault. That address is in the lowcore of the CPU, and what is there is 0 by
# chance: the fault shows only on machines whose kernel moves its lowcore elsewhere.
SHOWS="part-12 part-13 C18~"
DESCRIPTION="lose an adapter and a domain of the host while no guest has the mdevs"
REQUIRES="module"

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4 control_domain 4
assign $U2 adapter 6 domain 0x47
sim "card del 5; domain del 0x47"
sim configchange
rescan
expect "assigned" "05.0004" "$(matrix)"
expect "a guest would get" "" "$(full_guest_matrix)"
expect "a guest of the other would get" "" "$(full_guest_matrix $U2)"
sim "card add 5 type=cex8 mode=cca; domain add 0x47"
sim configchange
rescan
settle "a guest would get" "05.0004" full_guest_matrix
settle "a guest of the other would get" "06.0047" full_guest_matrix $U2
