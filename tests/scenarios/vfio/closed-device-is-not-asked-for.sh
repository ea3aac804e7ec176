# SPDX-License-Identifier: GPL-2.0-only
# Before Linux 5.13 vfio_mdev does not pass requests on, and compat/vfio_bridge.c asks the VMM while
# the device is being unbound: at once and every ten seconds, until it is closed. Once the next
# guest got no queues, since its mdev was taken for one that is being removed.
SHOWS="K-04"
DESCRIPTION="not ask the next VMM for a device that the one before has given back"
REQUIRES="ours apvmm 5.10"

driver=/sys/bus/mdev/drivers/vfio_mdev
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
vmm_expect ok vm setirq 0 eventfd
echo $U1 >$driver/unbind &
unbinding=$!
vmm_expect ok vm evt 0 timeout=20000
vmm_expect ok vm detach
wait $unbinding
put $driver/bind $U1
guest next
vmm_expect ok next setirq 0 eventfd
guest_has next $U1 "05.0004"
note "longer than until the next request"
vmm_expect ETIMEDOUT next evt 0 timeout=12000
