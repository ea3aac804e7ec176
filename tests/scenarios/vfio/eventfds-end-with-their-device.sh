# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C4!"
DESCRIPTION="release the eventfds of a device when it is closed"
REQUIRES="ours apvmm"
CPUS=2

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
# the numbers that the kernel gives to eventfds, and the lowest that is free to the next one
ids() { sed -n 's/^eventfd-id: *//p' /proc/"$(cat $WORK/vmm-vm/pid)"/fdinfo/* | sort -n | words /dev/stdin; }
vmm_expect ok vm setirq 0 eventfd
vmm_expect ok vm setirq 1 eventfd
ids=$(ids)
note "eventfds $ids"
vmm_expect ok vm detach
must vmm vm attach $U1
unassign $U1 domain 4
guest_has ""
echo 1 >$MATRIX/$U1/remove &
remover=$!
gone() { [ ! -e $MATRIX/$U1/assign_adapter ]; }
wait_for 5 gone || fail "remove has not begun"
expect "signals of REQ to the old eventfd" 0 "$(said count vm evt 0)"
expect "signals of CFG_CHG to the old eventfd" 0 "$(said count vm evt 1)"
vmm_expect ok vm detach
wait $remover

vmm_end
mdev_create
guest
vmm_expect ok vm setirq 0 eventfd
vmm_expect ok vm setirq 1 eventfd
expect "the eventfds of the next VMM: those of the last one are free" "$ids" "$(ids)"
