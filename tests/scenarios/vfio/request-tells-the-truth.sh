# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C6!7.2"
DESCRIPTION="show what a guest still has while its device is requested"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
vmm_expect ok vm setirq 0 eventfd
echo 1 >$MATRIX/$U1/remove &
remover=$!
vmm_expect ok vm evt 0 timeout=5000
# the queues are taken from the guest before it is asked
has=
expect "the guest's matrix" "$has" "$(crycb_matrix)"
expect "status" assigned "$(status_of 05.0004)"
unbind 05.0004
bind 05.0004
expect "the guest's matrix after another event" "$has" "$(crycb_matrix)"
vmm_expect ok vm detach
wait $remover
expect "remove" 0 $?
