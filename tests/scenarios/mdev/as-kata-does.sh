# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-17 D-20"
DESCRIPTION="support kata's test: masks in hex, a group, assign, read back, clean up"
REQUIRES="module"

put $BUS/apmask -0x05
put $BUS/aqmask -0x0004
mdev_create
[ -L $MATRIX/$U1/iommu_group ] || fail "no iommu_group"
group=$(basename "$(readlink $MATRIX/$U1/iommu_group)")
[ -c /dev/vfio/"$group" ] || fail "no /dev/vfio/$group"
assign $U1 adapter 0x05 domain 0x0004
expect "the matrix" "05.0004" "$(cat $MATRIX/$U1/matrix)"
for device in /sys/bus/mdev/devices/*; do
	put "$device"/remove 1
done
[ ! -e $MATRIX/$U1 ] || fail "the mdev is still there"
put $BUS/apmask $ALL_ONES
put $BUS/aqmask $ALL_ONES
expect "the masks" "$ALL_ONES $ALL_ONES" "$(cat $BUS/apmask) $(cat $BUS/aqmask)"
