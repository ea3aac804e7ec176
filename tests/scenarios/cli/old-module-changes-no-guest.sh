# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="report at once what the kernel's own vfio_ap of 5.10 does not support, and change nothing"
REQUIRES="stock 5.10 apmatrix apvmm"

says() { grep -q "$1" $WORK/tool.err || fail "not said: $1; but $(cat $WORK/tool.err)"; }

free_for_guests 5,6
tool_expect 0 create -u $U1 -a 5 -d 4
tool_expect 7 wait $U1 --guest-has 05.0004
says "does not report what the guest has"
tool_expect 7 assign $U1 -a 6 --wait-guest 20
says "does not report what the guest has"
expect "what is assigned" "05.0004" "$(matrix $U1)"
guest
tool_expect 5 assign $U1 -a 6
says "cannot change a matrix that a guest uses"
tool_expect 5 unassign $U1 -a 5 --allow-loss
tool_expect 5 remove $U1
expect "what is assigned" "05.0004" "$(matrix $U1)"
vmm_end
tool_expect 0 remove $U1
