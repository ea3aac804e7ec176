# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-10"
DESCRIPTION="let driverctl bind one queue to vfio_ap, and unbind it after a guest used it"
REQUIRES="debian module apvmm 7.2+"

must driverctl -b ap --nosave set-override 05.0004 vfio_ap
expect "the queue's driver" vfio_ap "$(bound_to 05.0004)"
expect "the others' driver" cex4queue "$(bound_to 05.0047)"
driverctl -b ap list-overrides | grep -q "05.0004 vfio_ap" ||
	fail "list-overrides: $(driverctl -b ap list-overrides)"
mdev_create
assign $U1 adapter 5
accepted $MATRIX/$U1/assign_domain 4
refused EADDRNOTAVAIL $MATRIX/$U1/assign_domain 0x47
guest
guest_has "05.0004"
vmm_end
sim_clear_log
must driverctl -b ap --nosave unset-override 05.0004
expect "the queue's driver" cex4queue "$(bound_to 05.0004)"
sim_did 'host pqap.zapq. 05.0004' >/dev/null || fail "the host got it without a reset"
driverctl -b ap list-overrides | grep 05.0004 && fail "the override is still there"
