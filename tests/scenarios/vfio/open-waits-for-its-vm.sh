# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I28"
DESCRIPTION="open a device only once its guest has its queues, however long its VM is held"
REQUIRES="ours apvmm"
CPUS=2

. "$here/held.sh"
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
vmm_start
guest_vm vm
hold_by_ultravisor
vmm vm attach $U1 $guest_by >$WORK/attached &
opening=$!
waits_for_it() { grep -q vap_update_wait /proc/"$(cat $WORK/vmm-vm/pid)"/task/*/stack; }
wait_for 10 waits_for_it || fail "it does not wait: $(cat $WORK/attached)"
release_by_ultravisor
wait_for 10 test ! -e /proc/$opening || fail "it waits after the update, which wakes nobody"
grep -q '^ok' $WORK/attached || fail "attach: $(cat $WORK/attached)"
settle "guest_matrix" "05.0004" full_guest_matrix
expect "the CRYCB of KVM" "05.0004" "$(crycb_matrix)"

killed_while() { # FUNCTION: the VMM is opening the device, and has come that far
	vmm vm attach $U1 $guest_by >$WORK/attached &
	opening=$!
	read -r pid <$WORK/vmm-vm/pid
	is_in() { grep -q "$1" /proc/"$pid"/task/*/stack; }
	wait_for 10 is_in "$1" || fail "not in $1: $(cat $WORK/attached)"
	kill -9 "$pid"
}
note "the VMM is killed while its VM is held: it gives up, and nothing is left"
vmm_end
vmm_start
guest_vm vm
hold_by_ultravisor
killed_while vap_update_wait_killable
wait_for 10 is_in vap_vm_detach || fail "the signal does not end the wait"
sim "uv busy off"
apvmm --wait $WORK/vmm-vm
wait $opening $held_by
mv $WORK/vmm-vm $WORK/killed-first
settle "status" assigned status_of 05.0004

note "it is killed while it waits for a reset"
unbind 05.0004
sim "queue stuck 05.0004 on"
vmm_start
guest_vm vm
# last, since a reset that does not end counts as failed after a time
bind 05.0004
killed_while vap_reset_wait_killable
apvmm --wait $WORK/vmm-vm
wait $opening
mv $WORK/vmm-vm $WORK/killed-second
expect "a VM's device" "" "$(crycb_matrix)"
sim "queue stuck 05.0004 off"
settle "guest_matrix" "05.0004" guest_matrix
guest
guest_has "05.0004"
