# SPDX-License-Identifier: GPL-2.0-only
# The AP bus does not ask its drivers about overrides: there is no veto.
SHOWS="part-10 part-11 A14 C16"
DESCRIPTION="withhold from the guest, with a reason, a queue that a driver override gives to the host"
REQUIRES="ours apvmm 7.2+"

override() { # QUEUE DRIVER
	put $BUS/devices/"$1"/driver_override "$2"
	[ ! -e $BUS/devices/"$1"/driver ] || unbind "$1"
	put $BUS/drivers_probe "$1"
}
reasons() { words $MATRIX/$U1/reasons; }
override 05.0004 vfio_ap
override 06.0004 vfio_ap
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
sim_clear_log
override 06.0004 cex4queue
expect "its driver" cex4queue "$(bound_to 06.0004)"
guest_has "05.0004"
expect "why" "06.0004 bound-to-other-driver" "$(reasons)"
sim_did 'host pqap.zapq. 06.0004' >/dev/null || fail "it was not reset"
expect "the matrix" "05.0004 06.0004" "$(matrix)"
refused EADDRNOTAVAIL $MATRIX/$U1/assign_domain 0x47
note "06.0004 stays assigned and obstructs nothing; once it is unassigned, it is the host's"
override 05.0047 vfio_ap
override 06.0047 vfio_ap
accepted $MATRIX/$U1/assign_domain 0x47
expect "the matrix" "05.0004 05.0047 06.0004 06.0047" "$(matrix)"
guest_has "05.0004 05.0047"
unassign $U1 adapter 6
refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 6
refused EADDRNOTAVAIL $MATRIX/$U1/ap_config "$(mask 5 6),$(mask 4 0x47),$(mask)"
override 06.0004 vfio_ap
accepted $MATRIX/$U1/assign_adapter 6
guest_has "05.0004 05.0047 06.0004 06.0047"
vmm_end
mdev_remove
for queue in 05.0004 05.0047 06.0004 06.0047; do
	override $queue "
"
done
