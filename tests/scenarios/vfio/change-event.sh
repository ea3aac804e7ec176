# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-32 R-32t I26 I35"
DESCRIPTION="signal CFG_CHG once for each real change of the guest's matrix, and for nothing else"
REQUIRES="ours apvmm"

free_for_guests 5,6,7
mdev_create
assign $U1 adapter 5 domain 4
guest
vmm_expect ok vm setirq 1 eventfd
signals() { # WHAT WANTED
	if [ "$2" = 0 ]; then
		expect "signals for $1" 0 "$(said count vm evt 1)"
	else
		expect "signals for $1" "$2" "$(said count vm evt 1 timeout=5000)"
	fi
}
put $MATRIX/$U1/assign_adapter 6
signals "assign adapter 6" 1
put $MATRIX/$U1/assign_adapter 6
signals "the same again" 0
put $MATRIX/$U1/assign_control_domain 4
signals "assign control domain 4" 1
unbind 06.0004
signals "unbind 06.0004" 1
bind 06.0004
signals "bind 06.0004" 1
put $MATRIX/$U1/unassign_adapter 6
signals "unassign adapter 6" 1
put $MATRIX/$U1/assign_adapter 7
signals "assign an adapter that the host has not got" 0

note "the matrix that a guest would get changes while the device is being closed"
put $MATRIX/$U1/assign_adapter 6
signals "assign adapter 6 again" 1
sim "queue resetfail 06.0004 42"
sim "queue reset-latency 05.0004 500000"
vmm_expect ok vm detach
signals "closing the device" 0
settle "guest_matrix" "05.0004" full_guest_matrix
