# SPDX-License-Identifier: GPL-2.0-only
# A queue that the host loses is in the masks of its guest until the VM has time for the update. The
# VM is held by an Ultravisor that is busy, while its vCPU goes on. The oracle reports that there is
# no device: that cannot be helped.
SHOWS="I10 I34"
DESCRIPTION="issue no instruction for a queue whose device is gone, though a stalled guest still has it"
REQUIRES="ours apvmm"
CPUS=2
oracle_may_find="unbound sharings"

. "$here/held.sh"
aqics() { sim_count ' host pqap\[aqic\] 05.0004'; }
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
hold_by_ultravisor
expect "AQIC of a VM that is held" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "AQIC off" 00 "$(said rc vm aqic off apqn=05.0004)"
sim "card del 5"
put $DBF/vfio_ap/flush -
{ put $SIM/control configchange; } &
scanning=$!
is_unbound() { grep -q "unbind 05.0004" $DBF/vfio_ap/sprintf; }
wait_for 20 is_unbound || fail "no record of the unbind"
note "a reset leaves out what the host has lost, while the removal of its device waits for the guest"
vmm_expect ok vm reset
wait $scanning
rescan
[ ! -e $BUS/devices/05.0004 ] || give_up "the device is there still"
sim_clear_log
expect "AQIC" 01 "$(said rc vm aqic on apqn=05.0004)"
expect "AQIC off" 01 "$(said rc vm aqic off apqn=05.0004)"
expect "instructions for it" 0 "$(aqics)"
release_by_ultravisor
guest_has ""
sim "card add 5 type=cex8 mode=cca"
sim configchange
rescan
guest_has "05.0004"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"

# The VM is held. The host loses the adapter, and gets it back; the device stays, and is unbound and
# bound by hand.
hold_and_bind_anew() {
	hold_by_ultravisor
	sim "card del 5"
	check "unbind" write $BUS/devices/05.0004/driver/unbind 05.0004
	sim "card add 5 type=cex8 mode=cca"
	sim_clear_log
	check "bind" write $BUS/drivers/vfio_ap/bind 05.0004
}

note "its device is unbound and bound by hand meanwhile: the guest loses it before it is reset"
hold_and_bind_anew
expect "status" "in use" "$(status_of 05.0004)"
expect "ZAPQ while the guest has it" "" "$(sim_zapqs)"
release_by_ultravisor
guest_has "05.0004"
expect "ZAPQ" "05.0004" "$(sim_zapqs)"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"

note "likewise, and its VMM closes the device: what it had is reset for a new owner"
hold_and_bind_anew
{ vmm vm detach >$WORK/closed; } &
closing=$!
is_closing() { cat /proc/"$(cat $WORK/vmm-vm/pid)"/task/*/stack | grep -q vap_vm_detach; }
wait_for 20 is_closing || fail "nobody closes the device"
waits "who closes it" $closing
expect "ZAPQ while the guest has it" "" "$(sim_zapqs)"
release_by_ultravisor
wait $closing
expect "the answer" ok "$(sed 's/ .*//' $WORK/closed)"
expect "ZAPQ" "05.0004" "$(sim_zapqs)"
must vmm vm attach $U1 $guest_by
guest_has "05.0004"

note "a queue that it is to lose, and then to keep"
hold_by_ultravisor
changes=$(crycb_changes)
{ write $MATRIX/$U1/unassign_domain 4; } &
losing=$!
wait_for 10 prints "05." matrix
{ write $MATRIX/$U1/assign_domain 4; } &
gaining=$!
wait_for 10 prints "05.0004" matrix
release_by_ultravisor
wait $losing $gaining
settle "guest_matrix" "05.0004" full_guest_matrix
expect "changes of the CRYCB" "$changes" "$(crycb_changes)"

note "one that does not return is forgotten: the module warns when it is unloaded with a queue"
hold_by_ultravisor
sim "card del 5"
sim configchange
rescan
[ ! -e $BUS/devices/05.0004 ] || give_up "the device is there still"
release_by_ultravisor
guest_has ""
vmm_end
mdev_remove
rmmod vfio_ap || fail "rmmod: $?"
insmod /lab/vfio_ap.ko || give_up "insmod"
