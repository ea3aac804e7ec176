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
