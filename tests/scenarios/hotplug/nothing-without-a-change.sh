# SPDX-License-Identifier: GPL-2.0-only
SHOWS="P8! I17"
DESCRIPTION="not write the guest's masks if nothing changes for it"
REQUIRES="ours apvmm"

free_for_guests 5,6,7
mdev_create
guest
expect "changes of the CRYCB, with nothing assigned" 0 "$(crycb_changes)"
assign $U1 adapter 5 domain 4
guest_has "05.0004"
changes=$(crycb_changes)
sim_clear_log
note "what is there already, what the host lacks, what does not concern it"
assign $U1 adapter 5 7 domain 4 control_domain 0x99
unassign $U1 adapter 7 control_domain 0x99
put $MATRIX/$U1/ap_config "$(ap_config)"
rescan
unbind 06.0004
bind 06.0004
expect "changes of the CRYCB" $changes "$(crycb_changes)"
expect "resets of the guest's queue" 0 "$(sim_count 'host pqap.[rz]apq. 05.0004')"
