# SPDX-License-Identifier: GPL-2.0-only
# C-08
DESCRIPTION="show driver and status of each queue in lszcrypt"
REQUIRES="debian module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
line() { lszcrypt -V | grep "^$1"; }
line 05.0004 | grep -q "assigned.*vfio_ap\|vfio_ap.*assigned" || fail "$(line 05.0004)"
line 05.0047 | grep -q "unassigned" || fail "$(line 05.0047)"
line 06.0004 | grep -q "online" || fail "$(line 06.0004)"
guest
line 05.0004 | grep -q "in use" || fail "$(line 05.0004)"
lszcrypt -d | grep -q "B" || fail "lszcrypt -d: $(lszcrypt -d)"
