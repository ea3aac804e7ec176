# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C10 I15"
DESCRIPTION="pass queues of cards that are deconfigured or checkstopped whether or not a guest had them"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
assign $U2 adapter 6 domain 4
for command in "card config % off" "card checkstop % on"; do
	guest vm $U1
	guest_has "05.0004"
	for adapter in 5 6; do
		sim "${command%%%*}$adapter${command#*%}"
	done
	rescan
	vmm_end
	settle "of the mdev that had a guest" "05.0004" full_guest_matrix $U1
	settle "of the mdev that had none" "06.0004" full_guest_matrix $U2
	expect "reasons" "" "$(words $MATRIX/$U1/reasons)$(words $MATRIX/$U2/reasons)"
	guest vm $U1
	guest_has "05.0004"
	vmm_end
	for adapter in 5 6; do
		sim "card config $adapter on"
		sim "card checkstop $adapter off"
	done
	rescan
done
guest vm $U2
guest_has vm $U2 "06.0004"
