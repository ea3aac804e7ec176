# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-20"
DESCRIPTION="support a Kubernetes DRA driver: replace an incomplete mdev by a complete one"
REQUIRES="module"

free_for_guests 5
mdev_create
assign $U1 adapter 5
expect "a partial mdev" "05." "$(matrix)"
mdev_remove
mdev_create
assign $U1 adapter 5 domain 4 control_domain 4
expect "the matrix" "05.0004" "$(matrix)"
expect "the control domains" "0004" "$(control_domains)"
mdev_remove
[ ! -e $MATRIX/$U1 ] || fail "it is still there"
