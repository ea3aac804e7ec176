# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-05 I18 I19"
DESCRIPTION="refuse an ap_config with one APQN that is not available, and change nothing"
REQUIRES="module"

free_for_guests 5,6
mdev_create $U1 $U2
put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4),$(mask 4)"
put $MATRIX/$U2/ap_config "$(mask 6),$(mask 0x47),$(mask)"
before=$(matrix; control_domains; ap_config)
expect "the matrix" "05.0004" "$(matrix)"
expect "the control domains" "0004" "$(control_domains)"
expect "ap_config" "$(mask 5),$(mask 4),$(mask 4)" "$(ap_config)"
refused EADDRNOTAVAIL $MATRIX/$U1/ap_config "$(mask 5 0xa),$(mask 4 0xab),$(mask 4 5)"
refused EADDRINUSE $MATRIX/$U1/ap_config "$(mask 5 6),$(mask 4 0x47),$(mask 4 5)"
refused EINVAL $MATRIX/$U1/ap_config "$(mask 5),$(mask 4)xyz,$(mask 4)"
refused EINVAL $MATRIX/$U1/ap_config "hello"
expect "everything" "$before" "$(matrix; control_domains; ap_config)"
accepted $MATRIX/$U1/ap_config "$(ap_config)"
expect "after writing back what was read" "$before" "$(matrix; control_domains; ap_config)"
