# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-09"
DESCRIPTION="refuse regions, unknown ioctls, features, read, write and mmap"
REQUIRES="module apvmm"

mdev_create
guest
note "VFIO_DEVICE_GET_REGION_INFO, an ioctl that does not exist, VFIO_DEVICE_FEATURE"
region_info=EOPNOTSUPP
# newer VFIO cores answer for a driver that has no regions
case $LAB_KERNEL in 7.*) region_info=EINVAL ;; esac
vmm_expect $region_info vm ioctl 0x3b6c 20000000"$(printf %056d 0)"
vmm_expect EOPNOTSUPP vm ioctl 0x3bff
vmm_expect ENOTTY vm ioctl $FEATURE "$(be32 8 0)"
vmm_expect EINVAL vm ioctl $FEATURE "$(be32 4 0)"
vmm_expect EINVAL vm access read
vmm_expect EINVAL vm access write
vmm_expect EINVAL vm access mmap
