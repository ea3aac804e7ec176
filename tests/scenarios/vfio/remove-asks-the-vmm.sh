# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-03 K-04 R-06 R-25"
DESCRIPTION="request the device from the VMM when the mdev is removed, and complete once it is closed"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
assign $U2 adapter 6 domain 4
guest
guest other $U2

note "a VMM that has registered no eventfd: the log says so"
echo 1 >$MATRIX/$U2/remove &
other_remover=$!
log_says() { dmesg | grep -q "$U2: No device request registered, blocked until released"; }
wait_for 10 log_says || fail "the log does not say that nobody is asked"

note "a VMM that has"
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

note "the other one: the log has said so once, however often it was asked"
expect "lines in the log" 1 "$(dmesg | grep -c "$U2: No device request registered")"
vmm_expect ok other detach
wait $other_remover
expect "status of remove" 0 $?
