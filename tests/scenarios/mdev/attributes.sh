# SPDX-License-Identifier: GPL-2.0-only
SHOWS="T-16 D-16 D-17"
DESCRIPTION="provide each attribute with its mode, at each of its paths"
REQUIRES="module"

mdev_create
mode() { stat -c %a $MATRIX/$U1/"$1"; }
for verb in assign unassign; do
	for word in adapter domain control_domain; do
		expect "${verb}_$word" 200 "$(mode ${verb}_$word)"
	done
done
for name in matrix guest_matrix control_domains; do
	expect $name 444 "$(mode $name)"
done
expect ap_config 644 "$(mode ap_config)"
for name in driver iommu_group mdev_type subsystem; do
	[ -L $MATRIX/$U1/$name ] || fail "no link $name"
done
driver=vfio_ap_mdev
# on 5.10 one driver of VFIO has all mdevs; before 6.1 devices have no directory of VFIO's
if [ -d /sys/module/vfio_mdev ]; then
	driver=vfio_mdev
else
	[ ! -d /sys/class/vfio-dev ] || [ -d $MATRIX/$U1/vfio-dev ] || fail "no vfio-dev"
fi
for path in $TYPE/devices/$U1 /sys/bus/mdev/devices/$U1 \
	/sys/bus/mdev/drivers/$driver/$U1; do
	expect "$path" "$MATRIX/$U1" "$(readlink -f $path)"
done
note "avocado-vt assigns, and reads, by the first of them"
by_type=$TYPE/devices/$U1
free_for_guests 5
put $by_type/assign_adapter 0x05
put $by_type/assign_domain 0x04
expect "the matrix" "05.0004" "$(words $by_type/matrix)"
put $by_type/unassign_adapter 0x05
put $by_type/unassign_domain 0x04
expect "the matrix" "" "$(matrix)"
