# SPDX-License-Identifier: GPL-2.0-only
# Mainline takes "nothing is left" for "nothing has changed", and leaves the guest what it must
# lose. Upstream commit 917f509bfb88, in 7.3-rc1 and in stable releases of 7.2; 6.1 and 6.12
# have the fault.
SHOWS="part-12 part-13 part-14 C18!6.12"
DESCRIPTION="unplug everything when the host loses the guest's only domain"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
sim "domain del 4"
sim configchange
rescan
guest_has ""
expect "rc of TAPQ in the guest" 01 "$(said rc vm tapq apqn=05.0004)"
sim "domain add 4"
sim configchange
rescan
wait_for 5 test -e $BUS/devices/05.0004
guest_has "05.0004"
