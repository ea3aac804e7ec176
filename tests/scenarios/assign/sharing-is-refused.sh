# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-01 I1 I19"
DESCRIPTION="refuse an APQN of another mdev, name that mdev, and change nothing"
REQUIRES="module"

free_for_guests 5
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
accepted $MATRIX/$U2/assign_adapter 5
refused EADDRINUSE $MATRIX/$U2/assign_domain 4
expect "the other's matrix" "05." "$(matrix $U2)"
expect "the owner's matrix" "05.0004" "$(matrix $U1)"
said=$(dmesg | grep "05.0004" | grep -c "$U1")
[ "$said" -ge 1 ] || fail "the kernel log names neither 05.0004 nor its owner"
accepted $MATRIX/$U2/assign_domain 0x47
unassign $U1 domain 4
accepted $MATRIX/$U2/assign_domain 4
expect "after the owner gave it away" "05.0004 05.0047" "$(matrix $U2)"
