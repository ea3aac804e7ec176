# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-8 A8"
DESCRIPTION="show the complete matrix of a running guest if it is longer than a page"
REQUIRES="ours apvmm"

sim "domain add 0-179"
sim configchange
rescan
free_for_guests 5,6,10
mdev_create
put $MATRIX/$U1/ap_config "$(mask 5 6 10),$(mask $(seq 0 179)),$(mask)"
guest
all() { [ "$(wc -l <$MATRIX/$U1/guest_matrix)" = 540 ]; }
wait_for 60 all || give_up "$(wc -l <$MATRIX/$U1/guest_matrix) queues"
expect "the first" "05.0000" "$(guest_matrix | cut -d ' ' -f 1)"
expect "the last" "0a.00b3" "$(guest_matrix | cut -d ' ' -f 540)"
expect "the CRYCB of KVM" "$(guest_matrix)" "$(crycb_matrix)"
expect "bytes" $((540 * 8)) "$(wc -c <$MATRIX/$U1/guest_matrix)"
