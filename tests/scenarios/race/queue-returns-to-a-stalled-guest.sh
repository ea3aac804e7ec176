# SPDX-License-Identifier: GPL-2.0-only
# The VM is held while the host loses a card and gets it back, so its guest has the old queue until
# after the new device was bound. It loses that before the scan of the AP bus is complete, which
# pauses: so the host does not have the card yet, and the queue is not reset then.
SHOWS="part-13 I3 I5"
DESCRIPTION="reset a queue that the host got back while the guest still had it, and give it to the guest again"
REQUIRES="ours apvmm two-cpus"
CPUS=2
SLOW=5

# nobody can take a queue from a VM that is held: the AP bus has the new one at the same time
oracle_may_find="sharings unbound"
must insmod /lab/pause.ko
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
settle "guest_matrix" "05.0004 06.0004" full_guest_matrix	# no vCPU yet: then hold_vm fails
hold_vm
sim "card del 6"
rescan
wait_for 20 test ! -e $BUS/devices/06.0004 || give_up "the bus keeps the device"
sim "card add 6 type=cex8 mode=ep11"
sim_clear_log
pause vap_host_scan_complete 5000000
rescan &
scanning=$!
wait_for 20 pausing || give_up "the scan does not end"
[ -e $BUS/drivers/vfio_ap/06.0004 ] || fail "06.0004 is not bound"
release_vm
guest_lost_it() { [ "$(crycb_matrix)" = "05.0004" ]; }
wait_for 4 guest_lost_it || note "the guest has lost it later, so its reset began at once"
pause release
wait $scanning
pause off
guest_has "05.0004 06.0004"
check "06.0004 was zeroized" [ "$(sim_zapqs | grep -c 06.0004)" != 0 ]
must rmmod pause

note "the queue that was made for the new device is freed: the module warns of those that are left"
vmm_end
mdev_remove
must rmmod vfio_ap
must insmod /lab/vfio_ap.ko
