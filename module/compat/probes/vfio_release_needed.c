// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.1: the release op has to call vfio_free_device(); 6.2 has neither. Delete
 * with the last kernel before 6.2.
 */
static void vfio_release_needed(struct vfio_device *vdev)
{
	vfio_free_device(vdev);
}
