# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-02 R-22 R-23 R-23t I5 I6"
DESCRIPTION="reset exactly the queues that a guest loses, once, for every way to lose them"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
zapqs() { sim_zapqs | tr ' ' '\n' | sort | words /dev/stdin; }
distinct_zapqs() { sim_zapqs | tr " " "\n" | sort -u | words /dev/stdin; }
use() { must vmm vm nqap apqn=05.0004 >/dev/null; sim_clear_log; }
guest_has "05.0004 05.0047"
use
unassign $U1 domain 0x47
guest_has "05.0004"
settle "after unassign domain" "05.0047" zapqs
assign $U1 domain 0x47
guest_has "05.0004 05.0047"
use
unassign $U1 adapter 5
guest_has ""
settle "after unassign adapter" "05.0004 05.0047" zapqs
assign $U1 adapter 5
guest_has "05.0004 05.0047"
use
vmm_expect ok vm reset
settle "after VFIO_DEVICE_RESET" "05.0004 05.0047" zapqs
guest_has "05.0004 05.0047"
use
unbind 05.0047
guest_has ""
note "the AP bus resets 05.0047 once more, on its own"
settle "after unbind" "05.0004 05.0047" distinct_zapqs
bind 05.0047
guest_has "05.0004 05.0047"
use
vmm_expect ok vm detach
settle "after close" "05.0004 05.0047" zapqs
settle "status" assigned status_of 05.0004
