# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-3 part-9 K-01"
DESCRIPTION="change a running guest once for each unbind, unassign, assign and bind"
REQUIRES="module apvmm"

free_for_guests 5,0xa
mdev_create
assign $U1 adapter 5 0xa domain 4
guest
must vmm vm spin start tapq apqn=05.0004
guest_has "05.0004 0a.0004"
changes=$(crycb_changes)
step() { # WHAT WANTED
	guest_has "$2"
	changes=$((changes + 1))
	expect "changes of the CRYCB up to $1" $changes "$(crycb_changes)"
}
unbind 0a.0004
step "unbind 0a.0004" "05.0004"
unassign $U1 domain 4
step "unassign domain 4" ""
assign $U1 domain 4
step "assign domain 4" "05.0004"
bind 0a.0004
step "bind 0a.0004" "05.0004 0a.0004"
