# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154
# in-its-kernel.sh: what dkms installed is what modprobe loads, and it works.
. /lab/tests/lib/ktap.sh
. /lab/tests/lib/scenario.sh
ktap_begin
mkdir -p $WORK
depmod
must modprobe vfio_ap
expect "what runs" "$(modinfo -F srcversion vfio_ap)" "$(cat /sys/module/vfio_ap/srcversion)"
case $(modinfo -F filename vfio_ap) in
*/updates/dkms/vfio_ap.ko*) ;;
*) fail "that is $(modinfo -F filename vfio_ap)" ;;
esac
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
expect "the matrix" "05.0004" "$(matrix)"
guest
guest_has "05.0004"
vmm_end
mdev_remove
must rmmod vfio_ap
ktap_end
