# SPDX-License-Identifier: GPL-2.0-only
SHOWS="P12! I5"
DESCRIPTION="reset at close what the guest had, not what was assigned but withheld"
REQUIRES="ours apvmm"

free_for_guests 5,6
unbind 06.0047
mdev_create
assign $U1 adapter 5 6 domain 4 0x47
guest
guest_has "05.0004 05.0047"
sim_clear_log
vmm_expect ok vm detach
zapqs() { sim_zapqs | tr ' ' '\n' | sort | words /dev/stdin; }
settle "resets" "05.0004 05.0047" zapqs
