// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.2: bind_iommufd and its kin in vfio_device_ops. Delete with the last kernel
 * before.
 */
static void vfio_iommufd_ops(struct vfio_device_ops *ops)
{
	ops->bind_iommufd = vfio_iommufd_emulated_bind;
	ops->unbind_iommufd = vfio_iommufd_emulated_unbind;
	ops->attach_ioas = vfio_iommufd_emulated_attach_ioas;
}
