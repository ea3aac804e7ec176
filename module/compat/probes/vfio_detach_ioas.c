// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.6: detach_ioas beside the other iommufd operations. Delete with the last
 * kernel before.
 */
static void vfio_detach_ioas(struct vfio_device_ops *ops)
{
	ops->detach_ioas = vfio_iommufd_emulated_detach_ioas;
}
