# SPDX-License-Identifier: GPL-2.0-only
SHOWS="P9! T-04 T-05 T-06 T-07 C-14 I20"
DESCRIPTION="add and remove adapters and domains by ap_config in a running guest, with one change each"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create
guest
changes=$(crycb_changes)
config() { # APM AQM ADM WANTED
	put $MATRIX/$U1/ap_config "$1,$2,$3"
	guest_has "$4"
	changes=$((changes + 1))
	expect "changes of the CRYCB" $changes "$(crycb_changes)"
}
config "$(mask 5)" "$(mask 4)" "$(mask 4)" "05.0004"
config "$(mask 5 6)" "$(mask 4)" "$(mask 4)" "05.0004 06.0004"
config "$(mask 5 6)" "$(mask 4 0x47)" "$(mask 4)" "05.0004 05.0047 06.0004 06.0047"
put $MATRIX/$U1/ap_config "$(ap_config)"
expect "changes, after writing the same again" $changes "$(crycb_changes)"
config "$(mask 6)" "$(mask 4 0x47)" "$(mask 4)" "06.0004 06.0047"
config "$(mask 6)" "$(mask 0x47)" "$(mask 4)" "06.0047"
config "$(mask 5)" "$(mask 4)" "$(mask)" "05.0004"
config "$(mask 6)" "$(mask 0x47)" "$(mask 4 0x47)" "06.0047"
config "$(mask)" "$(mask)" "$(mask)" ""
