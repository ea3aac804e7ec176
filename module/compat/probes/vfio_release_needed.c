// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.1: the release op has to call vfio_free_device() (it went away in 6.2 or
 * soon after). Delete with the last kernel that has it.
 */
static void vfio_release_needed(struct vfio_device *vdev)
{
	vfio_free_device(vdev);
}
