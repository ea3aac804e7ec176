# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-12"
DESCRIPTION="set the masks of a guest whose VMM has not enabled AP interpretation"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest vm $U1 noapie
expect "the CRYCB" "05.0004" "$(crycb_matrix)"
expect "TAPQ in the guest is an operation exception" 0001 "$(said pgm vm tapq apqn=05.0004)"
vmm_expect ok vm apie on
expect "rc of TAPQ, once it is on" 00 "$(said rc vm tapq apqn=05.0004)"
