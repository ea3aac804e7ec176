/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux/vfio.h as kernels from 6.2 on have it, for those before.
 *
 * The directory of this file comes first where headers are looked for, and
 * #include_next takes the kernel's own header of the same name. So the rest of the
 * module includes <linux/vfio.h> and reads as if only the newest kernel existed.
 *
 * On kernels before 6.1 the interface is another one. There the newest types and
 * functions are ours, named vap_vfio_* and vap_mdev_*, and macros give them the
 * kernel's names. vfio_bridge.c makes of them what the kernel has. That file needs
 * the kernel's own things under their names, and so defines VAP_COMPAT_KERNEL_NAMES.
 */
#ifndef VAP_COMPAT_LINUX_VFIO_H
#define VAP_COMPAT_LINUX_VFIO_H

#include_next <linux/vfio.h>

#if !VAP_HAS_VFIO_AP_REQ_IRQ
#define VFIO_AP_REQ_IRQ_INDEX	0
#endif

#if VAP_VFIO_PRESENT

/*
 * The members of vfio_device_ops that a driver of emulated devices leaves to
 * vfio: those for iommufd, and on 6.1, which has none, the release.
 */
#if VAP_HAS_VFIO_DETACH_IOAS
#define VAP_COMPAT_VFIO_DETACH						\
	.detach_ioas = vfio_iommufd_emulated_detach_ioas,
#else
#define VAP_COMPAT_VFIO_DETACH
#endif

#if VAP_HAS_VFIO_IOMMUFD_OPS
#define VAP_COMPAT_VFIO_OPS						\
	VAP_COMPAT_VFIO_DETACH						\
	.attach_ioas = vfio_iommufd_emulated_attach_ioas,		\
	.bind_iommufd = vfio_iommufd_emulated_bind,			\
	.unbind_iommufd = vfio_iommufd_emulated_unbind
#elif VAP_HAS_VFIO_RELEASE_NEEDED
#define VAP_COMPAT_VFIO_OPS	.release = vfio_free_device
#else
#error "vfio of this kernel is neither that of 6.1 nor that of 6.2 and later"
#endif

#else /* !VAP_VFIO_PRESENT */

#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define VAP_COMPAT_VFIO_OPS

struct vap_vfio_device;

struct vap_vfio_device_ops {
	const char *name;
	int (*open_device)(struct vap_vfio_device *vdev);
	void (*close_device)(struct vap_vfio_device *vdev);
	long (*ioctl)(struct vap_vfio_device *vdev, unsigned int cmd,
		      unsigned long arg);
	void (*request)(struct vap_vfio_device *vdev, unsigned int count);
	void (*dma_unmap)(struct vap_vfio_device *vdev, u64 iova, u64 length);
};

struct vap_vfio_device {
#if VAP_HAS_VFIO_INIT_GROUP_DEV
	struct vfio_device kernel;
#endif
	struct device *dev;
	const struct vap_vfio_device_ops *ops;
	struct kvm *kvm;		/* valid in open_device until close_device */

	/* the bridge's */
	struct mutex open_mutex;
	unsigned int nr_open;		/* open_mutex */
	struct notifier_block group_nb;
	struct notifier_block iommu_nb;
	struct delayed_work request_work;
	unsigned int requests;		/* asked for, so far */
};

/**
 * vap_vfio_alloc() - vfio_alloc_device() of newer kernels
 * @size: bytes of the driver's structure, which begins with a struct vap_vfio_device
 * @dev: the device
 * @ops: the operations of the driver
 *
 * Context: Process context. May sleep.
 * Return: the device, which vap_vfio_put() frees, or an ERR_PTR()
 */
struct vap_vfio_device *vap_vfio_alloc(size_t size, struct device *dev,
				       const struct vap_vfio_device_ops *ops);

/**
 * vap_vfio_register() - vfio_register_emulated_iommu_dev() of newer kernels
 * @vdev: the device
 *
 * Context: Process context. May sleep.
 * Return: 0 or a negative errno
 */
int vap_vfio_register(struct vap_vfio_device *vdev);

/**
 * vap_vfio_unregister() - vfio_unregister_group_dev() of newer kernels
 * @vdev: the device
 *
 * Context: Process context. Sleeps until the device is closed.
 */
void vap_vfio_unregister(struct vap_vfio_device *vdev);

/**
 * vap_vfio_put() - vfio_put_device() of newer kernels
 * @vdev: the device, unregistered
 *
 * Context: Process context. May sleep.
 */
void vap_vfio_put(struct vap_vfio_device *vdev);

/**
 * vap_vfio_pin_pages() - vfio_pin_pages() of newer kernels
 * @vdev: the device, open
 * @iova: guest absolute address of the page
 * @npage: 1
 * @prot: IOMMU_READ | IOMMU_WRITE
 * @pages: result: the page
 *
 * Context: Process context; takes locks of VFIO. May sleep.
 * Return: 1 or a negative errno
 */
int vap_vfio_pin_pages(struct vap_vfio_device *vdev, dma_addr_t iova, int npage,
		       int prot, struct page **pages);

/**
 * vap_vfio_unpin_pages() - vfio_unpin_pages() of newer kernels
 * @vdev: the device
 * @iova: guest absolute address of the page
 * @npage: 1
 *
 * Context: Process context; takes locks of VFIO. May sleep.
 */
void vap_vfio_unpin_pages(struct vap_vfio_device *vdev, dma_addr_t iova, int npage);

#ifndef VAP_COMPAT_KERNEL_NAMES
#define vfio_device vap_vfio_device
#define vfio_device_ops vap_vfio_device_ops
#define vfio_alloc_device(type, member, dev, ops)			\
	((struct type *)vap_vfio_alloc(sizeof(struct type) +		\
		BUILD_BUG_ON_ZERO(offsetof(struct type, member)), dev, ops))
#define vfio_register_emulated_iommu_dev vap_vfio_register
#define vfio_unregister_group_dev vap_vfio_unregister
#define vfio_put_device vap_vfio_put
#define vfio_pin_pages vap_vfio_pin_pages
#define vfio_unpin_pages vap_vfio_unpin_pages
#endif

#endif /* !VAP_VFIO_PRESENT */
#endif
