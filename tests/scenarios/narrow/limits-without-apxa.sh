# SPDX-License-Identifier: GPL-2.0-only
# The machine has no APXA: fewer adapters and domains.
SHOWS="D-09"
DESCRIPTION="refuse adapters from 64 and domains from 16 on, on a machine without APXA"
REQUIRES="module"

put $BUS/apmask 0x0
mdev_create
accepted $MATRIX/$U1/assign_adapter 63
refused ENODEV $MATRIX/$U1/assign_adapter 64
for word in domain control_domain; do
	accepted $MATRIX/$U1/assign_$word 15
	refused ENODEV $MATRIX/$U1/assign_$word 16
done
expect "the matrix" "3f.000f" "$(matrix)"
refused ENODEV $MATRIX/$U1/ap_config "$(mask 5),$(mask 16),$(mask)"
expect "the matrix" "3f.000f" "$(matrix)"
