# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-02 I4"
DESCRIPTION="refuse an APQN that the masks reserve for the host, whether adapter or domain is assigned last"
REQUIRES="module"

mdev_create
accepted $MATRIX/$U1/assign_adapter 5
refused EADDRNOTAVAIL $MATRIX/$U1/assign_domain 4
expect "the matrix" "05." "$(matrix)"
unassign $U1 adapter 5
accepted $MATRIX/$U1/assign_domain 4
refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 5
expect "the matrix" ".0004" "$(matrix)"
free_for_guests 5
accepted $MATRIX/$U1/assign_adapter 5
expect "once it is free" "05.0004" "$(matrix)"
