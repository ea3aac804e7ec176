# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-15 K-17 R-14 I25"
DESCRIPTION="describe the mdev type and the features as clients read them"
REQUIRES="module"

expect "name" "VFIO AP Passthrough Device" "$(cat $TYPE/name)"
expect "device_api" vfio-ap "$(cat $TYPE/device_api)"
expect "available_instances" 65536 "$(cat $TYPE/available_instances)"
[ -L /sys/class/mdev_bus/matrix ] || fail "no matrix in /sys/class/mdev_bus"
expect "the matrix bus" "$MATRIX" "$(readlink -f /sys/bus/matrix/devices/matrix)"
for word in guest_matrix hotplug ap_config; do
	grep -qw $word $MATRIX/features || fail "features lack $word: $(cat $MATRIX/features)"
done
expect "the first features" "guest_matrix hotplug ap_config" \
	"$(cut -d ' ' -f 1-3 $MATRIX/features)"
