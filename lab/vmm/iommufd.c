// SPDX-License-Identifier: GPL-2.0-only
/*
 * iommufd: the address space of a guest, and a device in it. With kernel headers that have
 * no iommufd, all of it is refused.
 */
#include <errno.h>
#include <linux/vfio.h>
#if __has_include(<linux/iommufd.h>)
#include <linux/iommufd.h>
#endif

#include "internal.h"

#if defined(IOMMU_IOAS_MAP) && defined(VFIO_DEVICE_BIND_IOMMUFD)

int iommufd_new_ioas(int iommufd, uint32_t *ioas)
{
	struct iommu_ioas_alloc alloc = { .size = sizeof(alloc) };
	int ret = __lab_vmm_ioctl(iommufd, IOMMU_IOAS_ALLOC, &alloc, "IOMMU_IOAS_ALLOC");

	if (!ret)
		*ioas = alloc.out_ioas_id;
	return ret;
}

int iommufd_map(int iommufd, uint32_t ioas, uint64_t vaddr, uint64_t iova, uint64_t size)
{
	struct iommu_ioas_map map = {
		.size = sizeof(map),
		.flags = IOMMU_IOAS_MAP_FIXED_IOVA | IOMMU_IOAS_MAP_READABLE |
			 IOMMU_IOAS_MAP_WRITEABLE,
		.ioas_id = ioas,
		.user_va = vaddr,
		.length = size,
		.iova = iova,
	};

	return __lab_vmm_ioctl(iommufd, IOMMU_IOAS_MAP, &map, "IOMMU_IOAS_MAP");
}

int64_t iommufd_unmap(int iommufd, uint32_t ioas, uint64_t iova, uint64_t size)
{
	struct iommu_ioas_unmap unmap = {
		.size = sizeof(unmap), .ioas_id = ioas, .iova = iova, .length = size,
	};
	int ret = __lab_vmm_ioctl(iommufd, IOMMU_IOAS_UNMAP, &unmap, "IOMMU_IOAS_UNMAP");

	return ret < 0 ? ret : (int64_t)unmap.length;
}

int iommufd_bind(int iommufd, uint32_t ioas, int device)
{
	struct vfio_device_bind_iommufd bind = { .argsz = sizeof(bind), .iommufd = iommufd };
	struct vfio_device_attach_iommufd_pt attach = { .argsz = sizeof(attach), .pt_id = ioas };
	int ret = __lab_vmm_ioctl(device, VFIO_DEVICE_BIND_IOMMUFD, &bind,
				  "VFIO_DEVICE_BIND_IOMMUFD");

	if (ret)
		return ret;
	return __lab_vmm_ioctl(device, VFIO_DEVICE_ATTACH_IOMMUFD_PT, &attach,
			       "VFIO_DEVICE_ATTACH_IOMMUFD_PT");
}

#else

static int no_iommufd(void)
{
	return fail_at(-EOPNOTSUPP, "iommufd, of which the kernel headers have nothing");
}

int iommufd_new_ioas(int iommufd, uint32_t *ioas)
{
	(void)iommufd;
	(void)ioas;
	return no_iommufd();
}

int iommufd_map(int iommufd, uint32_t ioas, uint64_t vaddr, uint64_t iova, uint64_t size)
{
	(void)iommufd;
	(void)ioas;
	(void)vaddr;
	(void)iova;
	(void)size;
	return no_iommufd();
}

int64_t iommufd_unmap(int iommufd, uint32_t ioas, uint64_t iova, uint64_t size)
{
	(void)iommufd;
	(void)ioas;
	(void)iova;
	(void)size;
	return no_iommufd();
}

int iommufd_bind(int iommufd, uint32_t ioas, int device)
{
	(void)iommufd;
	(void)ioas;
	(void)device;
	return no_iommufd();
}

#endif
