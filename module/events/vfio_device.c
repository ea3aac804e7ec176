// SPDX-License-Identifier: GPL-2.0-only
/*
 * The device as a VMM has it.
 *
 * Arguments are copied from user space before any lock is taken. Eventfds
 * belong to the open device: they are released when it is closed.
 */
#include <linux/eventfd.h>
#include <linux/uaccess.h>
#include "events/events.h"

static_assert((int)VAP_TRIGGER_REQ == (int)VFIO_AP_REQ_IRQ_INDEX);

/* open, close, removal */

static int vap_vfio_open(struct vfio_device *vdev)
{
	return vap_vm_attach(vap_mdev_from_vdev(vdev), vdev->kvm);
}

static void vap_vfio_close(struct vfio_device *vdev)
{
	struct vap_mdev *mdev = vap_mdev_from_vdev(vdev);
	unsigned int trigger;

	vap_vm_detach(mdev);
	for (trigger = 0; trigger < VAP_TRIGGER_NR; trigger++)
		vap_notify_set_trigger(mdev, trigger, NULL);
}

/*
 * The mdev is being removed and the VMM has it open: called at once and then
 * every ten seconds until it lets go. The guest loses its queues with the
 * first call, and guest_matrix says so.
 */
static void vap_vfio_request(struct vfio_device *vdev, unsigned int count)
{
	struct vap_mdev *mdev = vap_mdev_from_vdev(vdev);
	struct device *dev = mdev_dev(mdev->mdev);

	vap_lock();
	if (!mdev->removing) {
		mdev->removing = true;
		vap_mdev_mark(mdev);
	}
	vap_unlock();
	vap_update_marked();

	if (vap_notify_has_trigger(mdev, VAP_TRIGGER_REQ)) {
		if (!(count % 10))
			dev_notice_ratelimited(dev, "Relaying device request to user (#%u)\n",
					       count);
		vap_notify_trigger(mdev, VAP_TRIGGER_REQ);
	} else if (!count) {
		dev_notice(dev, "No device request registered, blocked until released by user\n");
	}
}

static void vap_vfio_dma_unmap(struct vfio_device *vdev, u64 iova, u64 length)
{
	vap_irq_dma_unmap(vap_mdev_from_vdev(vdev), iova, length);
}

/* ioctls */

static long get_info(void __user *arg)
{
	const size_t known = offsetofend(struct vfio_device_info, num_irqs);
	struct vfio_device_info info;

	if (copy_from_user(&info, arg, known))
		return -EFAULT;
	if (info.argsz < known)
		return -EINVAL;
	info.num_irqs = VAP_TRIGGER_NR;
	info.num_regions = 0;
	info.flags = VFIO_DEVICE_FLAGS_RESET | VFIO_DEVICE_FLAGS_AP;
	return copy_to_user(arg, &info, known) ? -EFAULT : 0;
}

static long get_irq_info(void __user *arg)
{
	const size_t known = offsetofend(struct vfio_irq_info, count);
	struct vfio_irq_info info;

	if (copy_from_user(&info, arg, known))
		return -EFAULT;
	if (info.argsz < known || info.index >= VAP_TRIGGER_NR)
		return -EINVAL;
	info.count = 1;
	info.flags = VFIO_IRQ_INFO_EVENTFD;
	return copy_to_user(arg, &info, known) ? -EFAULT : 0;
}

/* The one eventfd of an index: an fd, or -1 to have none. */
static long set_eventfd(struct vap_mdev *mdev, enum vap_trigger trigger, s32 fd)
{
	struct eventfd_ctx *ctx = NULL;

	if (fd < -1)
		return -EINVAL;
	if (fd >= 0) {
		ctx = eventfd_ctx_fdget(fd);
		if (IS_ERR(ctx))
			return PTR_ERR(ctx);
	}
	vap_notify_set_trigger(mdev, trigger, ctx);
	return 0;
}

static long set_irqs(struct vap_mdev *mdev, void __user *arg)
{
	const size_t minsz = offsetofend(struct vfio_irq_set, count);
	struct vfio_irq_set set;
	size_t data_size = 0;
	int ret;
	s32 fd;

	if (copy_from_user(&set, arg, minsz))
		return -EFAULT;
	ret = vfio_set_irqs_validate_and_prepare(&set, 1, VAP_TRIGGER_NR,
						 &data_size);
	if (ret)
		return ret;
	if (!(set.flags & VFIO_IRQ_SET_ACTION_TRIGGER) ||
	    !(set.flags & VFIO_IRQ_SET_DATA_EVENTFD))
		return -EINVAL;
	if (!set.count)
		return 0;		/* no eventfd was named: nothing to do */
	if (data_size < sizeof(fd))
		return -EINVAL;
	if (copy_from_user(&fd, arg + minsz, sizeof(fd)))
		return -EFAULT;
	return set_eventfd(mdev, set.index, fd);
}

static long vap_vfio_ioctl(struct vfio_device *vdev, unsigned int cmd, unsigned long arg)
{
	struct vap_mdev *mdev = vap_mdev_from_vdev(vdev);
	void __user *uarg = (void __user *)arg;

	switch (cmd) {
	case VFIO_DEVICE_GET_INFO:
		return get_info(uarg);
	case VFIO_DEVICE_GET_IRQ_INFO:
		return get_irq_info(uarg);
	case VFIO_DEVICE_SET_IRQS:
		return set_irqs(mdev, uarg);
	case VFIO_DEVICE_RESET:
		return vap_vm_reset(mdev);
	default:
		return -EOPNOTSUPP;
	}
}

const struct vfio_device_ops vap_vfio_device_ops = {
	.name = "vfio_ap",
	.open_device = vap_vfio_open,
	.close_device = vap_vfio_close,
	.ioctl = vap_vfio_ioctl,
	.request = vap_vfio_request,
	.dma_unmap = vap_vfio_dma_unmap,
	VAP_COMPAT_VFIO_OPS
};
