# SPDX-License-Identifier: GPL-2.0-only
# Mainline creates the attribute before it has made its record of the queue, and then waits for
# the VM's lock: whoever reads it then reads through a null pointer: the lowcore, where it
# finds that the queue is nobody's. Upstream commit dd6f4ef6f8a3; all releases from 5.17 on have
# the fault, up to 6.6.156, 6.12.109, 6.18.50 and 7.2.4.
SHOWS="D-21 I14 part-3 C18!6.12"
DESCRIPTION="show the status of a queue truly while it is being bound"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
settle "guest_matrix" "05.0004" full_guest_matrix
unbind 05.0047
assign $U1 domain 0x47

note "a VM that is busy: KVM copies a CPU model before it has a vCPU"
hold_vm
bind 05.0047 &
binder=$!
wait_for 10 test -e $BUS/devices/05.0047/status || fail "no attribute"
expect "status meanwhile" assigned "$(status_of 05.0047)"
release_vm
wait $binder
guest_has "05.0004 05.0047"
expect "status then" "in use" "$(status_of 05.0047)"
