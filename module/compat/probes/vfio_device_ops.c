// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.0: vfio_device_ops on an embedded vfio_device, with dma_unmap and
 * pages pinned by iova. Delete with the last kernel before.
 */
static int vfio_device_ops_(struct vfio_device *vdev, struct vfio_device_ops *ops,
	void (*unmap)(struct vfio_device *, u64, u64), struct page **page)
{
	ops->dma_unmap = unmap;
	return vfio_pin_pages(vdev, (dma_addr_t)0, 1, 0, page);
}
