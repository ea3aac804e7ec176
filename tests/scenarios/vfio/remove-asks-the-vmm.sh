# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-03 K-04 R-06 R-25"
DESCRIPTION="request the device from the VMM when the mdev is removed, and complete once it is closed"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
vmm_expect ok vm setirq 0 eventfd
echo 1 >$MATRIX/$U1/remove 2>$WORK/remove.error &
remover=$!
vmm_expect ok vm evt 0 timeout=5000
[ -e /proc/$remover ] || fail "remove has not waited"
# of newer kernels VFIO itself asks again; here it is compat/vfio_bridge.c, every ten seconds
kernel_from 6.1 || vmm_expect ok vm evt 0 timeout=20000
[ ! -e $MATRIX/$U1/assign_adapter ] || fail "the attributes are still there"
[ "$LAB_MODULE" = stock ] ||
	grep -q "filter 05.0004 from mdev $(echo $U1 | tr -d -): mdev-removing" $DBF/vfio_ap/sprintf ||
	fail "the debug log does not say why the guest lost its queue"
vmm_expect ok vm detach
wait $remover
expect "status of remove" 0 $?
[ ! -e $MATRIX/$U1 ] || fail "the mdev is still there"
expect "the CRYCB" "" "$(crycb_matrix)"
expect "the queue's status" unassigned "$(status_of 05.0004)"

note "a VMM that has registered no eventfd: the log says so"
mdev_create
assign $U1 adapter 5 domain 4
must vmm vm attach $U1 $guest_by
echo 1 >$MATRIX/$U1/remove &
remover=$!
log_says() { dmesg | grep -q "$U1: No device request registered, blocked until released"; }
wait_for 10 log_says || fail "the log does not say that nobody is asked"
vmm_expect ok vm detach
wait $remover
expect "status of remove" 0 $?
