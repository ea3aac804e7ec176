# SPDX-License-Identifier: GPL-2.0-only
# K-09
DESCRIPTION="refuse regions, unknown ioctls, features, read, write and mmap"
REQUIRES="module apvmm"

mdev_create
guest
note "VFIO_DEVICE_GET_REGION_INFO, an ioctl that does not exist, VFIO_DEVICE_FEATURE"
vmm_expect EOPNOTSUPP vm ioctl 0x3b6c 2000000000000000000000000000000000000000000000000000000000000000
vmm_expect EOPNOTSUPP vm ioctl 0x3bff
vmm_expect ENOTTY vm ioctl 0x3b75 0000000800000000
vmm_expect EINVAL vm access read
vmm_expect EINVAL vm access write
vmm_expect EINVAL vm access mmap
