// SPDX-License-Identifier: GPL-2.0-only
/*
 * VFIO: attaches a mediated device to a VM, by group and container or by its
 * device file and iommufd, and the ioctls of a device.
 */
#include <errno.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "internal.h"

/* Older headers name only groups, by the same numbers. */
#ifndef KVM_DEV_VFIO_FILE
#define KVM_DEV_VFIO_FILE	KVM_DEV_VFIO_GROUP
#define KVM_DEV_VFIO_FILE_ADD	KVM_DEV_VFIO_GROUP_ADD
#define KVM_DEV_VFIO_FILE_DEL	KVM_DEV_VFIO_GROUP_DEL
#endif

#define MDEV_DIR "/sys/bus/mdev/devices"

struct lab_device {
	struct lab_vm *vm;
	char uuid[64];
	int group;
	int container;
	int iommufd;
	uint32_t ioas;
	int fd;
	bool in_kvm;
};

static int open_at(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	return fd < 0 ? fail_at(-errno, "%s", path) : fd;
}

/* The IOMMU group of an mdev, a number. */
static int group_of(const char *uuid)
{
	char path[PATH_MAX], link[PATH_MAX];
	ssize_t len;

	snprintf(path, sizeof(path), MDEV_DIR "/%s/iommu_group", uuid);
	len = readlink(path, link, sizeof(link) - 1);
	if (len < 0)
		return fail_at(-errno, "%s", path);
	link[len] = '\0';
	return atoi(strrchr(link, '/') + 1);
}

static int open_group(struct lab_device *dev)
{
	char path[64];
	int nr = group_of(dev->uuid);

	if (nr < 0)
		return nr;
	snprintf(path, sizeof(path), "/dev/vfio/%d", nr);
	dev->group = open_at(path);
	return dev->group < 0 ? dev->group : 0;
}

static int join_container(struct lab_device *dev, unsigned int flags)
{
	unsigned long type = flags & LAB_ATTACH_TYPE1 ? VFIO_TYPE1_IOMMU : VFIO_TYPE1v2_IOMMU;
	int ret;

	dev->container = open_at("/dev/vfio/vfio");
	if (dev->container < 0)
		return dev->container;
	ret = __lab_vmm_ioctl(dev->group, VFIO_GROUP_SET_CONTAINER, &dev->container,
			      "VFIO_GROUP_SET_CONTAINER");
	if (ret)
		return ret;
	return __lab_vmm_ioctl(dev->container, VFIO_SET_IOMMU, (void *)type, "VFIO_SET_IOMMU");
}

int __lab_vmm_dma_map(struct lab_device *dev, uint64_t iova, uint64_t size)
{
	struct vfio_iommu_type1_dma_map map = {
		.argsz = sizeof(map),
		.flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE,
		.vaddr = (uintptr_t)dev->vm->mem + iova,
		.iova = iova,
		.size = size,
	};

	if (dev->iommufd >= 0)
		return iommufd_map(dev->iommufd, dev->ioas, map.vaddr, iova, size);
	return __lab_vmm_ioctl(dev->container, VFIO_IOMMU_MAP_DMA, &map, "VFIO_IOMMU_MAP_DMA");
}

int64_t __lab_vmm_dma_unmap(struct lab_device *dev, uint64_t iova, uint64_t size)
{
	struct vfio_iommu_type1_dma_unmap unmap = {
		.argsz = sizeof(unmap), .iova = iova, .size = size,
	};
	int ret;

	if (dev->iommufd >= 0)
		return iommufd_unmap(dev->iommufd, dev->ioas, iova, size);
	ret = __lab_vmm_ioctl(dev->container, VFIO_IOMMU_UNMAP_DMA, &unmap,
			      "VFIO_IOMMU_UNMAP_DMA");
	return ret < 0 ? ret : (int64_t)unmap.size;
}

static int map_all(struct lab_device *dev, size_t chunk)
{
	uint64_t size = dev->vm->mem_size, at;
	int ret = 0;

	if (!chunk)
		chunk = size;
	for (at = 0; at < size && !ret; at += chunk)
		ret = __lab_vmm_dma_map(dev, at, chunk < size - at ? chunk : size - at);
	return ret;
}

int __lab_vmm_set_kvm(struct lab_device *dev, bool add)
{
	int32_t file = dev->iommufd >= 0 ? dev->fd : dev->group;
	struct kvm_device_attr attr = {
		.group = KVM_DEV_VFIO_FILE,
		.attr = add ? KVM_DEV_VFIO_FILE_ADD : KVM_DEV_VFIO_FILE_DEL,
		.addr = (uintptr_t)&file,
	};
	int ret = __lab_vmm_ioctl(dev->vm->vfio, KVM_SET_DEVICE_ATTR, &attr,
				  add ? "KVM_DEV_VFIO_FILE_ADD" : "KVM_DEV_VFIO_FILE_DEL");

	if (!ret)
		dev->in_kvm = add;
	return ret;
}

int __lab_vmm_open_device(struct lab_device *dev, const char *name)
{
	return __lab_vmm_ioctl(dev->group, VFIO_GROUP_GET_DEVICE_FD,
			       (void *)(uintptr_t)(name ? name : dev->uuid),
			       "VFIO_GROUP_GET_DEVICE_FD");
}

static int attach_by_group(struct lab_device *dev, unsigned int flags, size_t chunk)
{
	int ret = open_group(dev);

	if (!ret)
		ret = join_container(dev, flags);
	if (!ret && !(flags & LAB_ATTACH_NO_MAP))
		ret = map_all(dev, chunk);
	if (!ret && !(flags & LAB_ATTACH_NO_KVM))
		ret = __lab_vmm_set_kvm(dev, true);
	if (ret || flags & LAB_ATTACH_NO_OPEN)
		return ret;
	dev->fd = __lab_vmm_open_device(dev, NULL);
	return dev->fd < 0 ? dev->fd : 0;
}

static int open_cdev(struct lab_device *dev)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), MDEV_DIR "/%s/vfio-dev", dev->uuid);
	dir = opendir(path);
	if (!dir)
		return fail_at(-errno, "%s", path);
	do
		entry = readdir(dir);
	while (entry && entry->d_name[0] == '.');
	if (entry)
		snprintf(path, sizeof(path), "/dev/vfio/devices/%s", entry->d_name);
	closedir(dir);
	if (!entry)
		return fail_at(-ENODEV, "%s", path);
	dev->fd = open_at(path);
	return dev->fd < 0 ? dev->fd : 0;
}

static int attach_by_cdev(struct lab_device *dev, unsigned int flags, size_t chunk)
{
	int ret = open_cdev(dev);

	if (ret)
		return ret;
	dev->iommufd = open_at("/dev/iommu");
	if (dev->iommufd < 0)
		return dev->iommufd;
	ret = iommufd_new_ioas(dev->iommufd, &dev->ioas);
	if (ret)
		return ret;
	if (!(flags & LAB_ATTACH_NO_MAP))
		ret = map_all(dev, chunk);
	if (!ret && !(flags & LAB_ATTACH_NO_KVM))
		ret = __lab_vmm_set_kvm(dev, true);
	if (ret || flags & LAB_ATTACH_NO_OPEN)
		return ret;
	return iommufd_bind(dev->iommufd, dev->ioas, dev->fd);
}

int __lab_vmm_attach(struct lab_vm *vm, const char *uuid, unsigned int flags,
		     size_t chunk, struct lab_device **out)
{
	struct lab_device *dev = calloc(1, sizeof(*dev));
	int ret;

	if (!dev)
		return -ENOMEM;
	dev->vm = vm;
	dev->group = dev->container = dev->iommufd = dev->fd = -1;
	snprintf(dev->uuid, sizeof(dev->uuid), "%s", uuid);
	if (flags & LAB_ATTACH_CDEV)
		ret = attach_by_cdev(dev, flags, chunk);
	else
		ret = attach_by_group(dev, flags, chunk);
	if (ret) {
		lab_vmm_detach(dev);
		return ret;
	}
	*out = dev;
	return 0;
}

int lab_vmm_device_fd(const struct lab_device *dev)
{
	return dev->fd;
}

void lab_vmm_close_device(struct lab_device *dev)
{
	if (dev->fd >= 0)
		close(dev->fd);
	dev->fd = -1;
}

void lab_vmm_close_group(struct lab_device *dev)
{
	if (dev->group >= 0)
		close(dev->group);
	if (dev->container >= 0)
		close(dev->container);
	dev->group = dev->container = -1;
}

void lab_vmm_detach(struct lab_device *dev)
{
	char at[96];

	/* A failed attach is undone here: what it failed at must survive that. */
	snprintf(at, sizeof(at), "%s", lab_vmm_failed_at());
	if (dev->in_kvm && dev->iommufd >= 0)
		__lab_vmm_set_kvm(dev, false);
	lab_vmm_close_device(dev);
	if (dev->in_kvm)
		__lab_vmm_set_kvm(dev, false);
	if (dev->container >= 0)
		ioctl(dev->group, VFIO_GROUP_UNSET_CONTAINER);
	lab_vmm_close_group(dev);
	if (dev->iommufd >= 0)
		close(dev->iommufd);
	free(dev);
	fail_at(0, "%s", at);
}

int __lab_vmm_info(int fd, struct vfio_device_info *info)
{
	return __lab_vmm_ioctl(fd, VFIO_DEVICE_GET_INFO, info, "VFIO_DEVICE_GET_INFO");
}

int __lab_vmm_irq_info(int fd, struct vfio_irq_info *info)
{
	return __lab_vmm_ioctl(fd, VFIO_DEVICE_GET_IRQ_INFO, info, "VFIO_DEVICE_GET_IRQ_INFO");
}

int __lab_vmm_reset(int fd)
{
	return __lab_vmm_ioctl(fd, VFIO_DEVICE_RESET, NULL, "VFIO_DEVICE_RESET");
}

int __lab_vmm_set_irq(int fd, unsigned int index, int efd)
{
	union {
		struct vfio_irq_set set;
		char raw[sizeof(struct vfio_irq_set) + sizeof(int32_t)];
	} arg = { .set = {
		.argsz = sizeof(arg),
		.flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER,
		.index = index,
		.count = 1,
	} };

	memcpy(arg.set.data, &efd, sizeof(int32_t));
	return __lab_vmm_ioctl(fd, VFIO_DEVICE_SET_IRQS, &arg, "VFIO_DEVICE_SET_IRQS");
}
