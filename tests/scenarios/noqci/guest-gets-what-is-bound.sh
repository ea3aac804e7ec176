# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A9 C14"
DESCRIPTION="give a guest what is bound, on a host without QCI"
REQUIRES="ours apvmm"

[ ! -e $BUS/ap_control_domain_mask ] || note "the bus says: $(cat $BUS/ap_control_domain_mask)"
free_for_guests 5,63
bound=$(for queue in $(ls $BUS/drivers/vfio_ap | grep '^05[.]'); do echo "$queue"; done)
[ -n "$bound" ] || give_up "no queue of card 5 is bound to vfio_ap"
mdev_create
assign $U1 adapter 5 63 control_domain 15
for queue in $bound; do
	assign $U1 domain $((0x${queue#05.}))
done
expect "guest_matrix" "$(echo $bound)" "$(guest_matrix)"
guest
expect "guest_matrix, of a running guest" "$(echo $bound)" "$(guest_matrix)"
for queue in $bound; do
	expect "rc of TAPQ on $queue" 00 "$(said rc vm tapq apqn=$queue)"
done
expect "rc of TAPQ elsewhere" 01 "$(said rc vm tapq apqn=01.0004)"

note "nothing watches such a host, and the module goes as otherwise"
vmm_end
mdev_remove
must rmmod vfio_ap
must insmod /lab/vfio_ap.ko
