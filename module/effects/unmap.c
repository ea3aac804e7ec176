// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unmaps of guest memory that are under way.
 *
 * Type 1 of VFIO calls dma_unmap() without its own lock, looks again whether a page
 * is pinned in that memory, and stops the kernel with BUG() if that is so for the
 * eleventh time (vfio_dma_do_unmap(), drivers/vfio/vfio_iommu_type1.c). A guest that
 * enables interrupts again and again must pin nothing there until the unmap is over,
 * however long the task that unmaps has to wait for a CPU.
 *
 * No callback says that the unmap is over. But it is part of a system call, and the
 * kernel releases a file that a task has put when this task returns to user space
 * (____fput(), fs/file_table.c). So each unmap has a file, which its task puts at once.
 * Iommufd refuses pins by itself meanwhile.
 */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include "effects/effects.h"

/* the data of the file */
struct unmap {
	struct list_head node;		/* mdev->unmaps, or none: it may outlive its mdev */
	u64 iova;
	u64 length;
};

/* for the lists of all mdevs, and all of struct unmap */
static DEFINE_SPINLOCK(unmaps_lock);

static int unmap_is_over(struct inode *inode, struct file *file)
{
	struct unmap *unmap = file->private_data;

	spin_lock(&unmaps_lock);
	list_del(&unmap->node);
	spin_unlock(&unmaps_lock);
	kfree(unmap);
	return 0;
}

static const struct file_operations unmap_fops = {
	.owner = THIS_MODULE,
	.release = unmap_is_over,
};

/*
 * Returns a file, or NULL. After the current task has put the file and returns to user space, the
 * kernel calls unmap_is_over().
 */
static struct file *unmap_file(u64 iova, u64 length)
{
	struct unmap *unmap = kzalloc(sizeof(*unmap), GFP_KERNEL_ACCOUNT);
	struct file *file;

	if (!unmap)
		return NULL;
	INIT_LIST_HEAD(&unmap->node);
	unmap->iova = iova;
	unmap->length = length;
	file = anon_inode_getfile("[vfio_ap unmap]", &unmap_fops, unmap, 0);
	if (IS_ERR(file)) {
		kfree(unmap);
		return NULL;
	}
	return file;
}

/**
 * vap_unmap_begin - guest memory is about to be unmapped by the current task
 * @mdev: the mdev of the guest
 * @iova: first guest absolute address
 * @length: bytes
 *
 * Until the current task returns to user space, vap_unmap_concerns() returns true for this
 * memory. If there is no memory for the file, the end of the unmap cannot be seen: then it
 * returns true for all memory until the mdev is opened again.
 *
 * Context: Process context of the task that unmaps, in a system call; no lock of the module
 * held. Sleeps.
 */
void vap_unmap_begin(struct vap_mdev *mdev, u64 iova, u64 length)
{
	struct file *file = unmap_file(iova, length);
	struct unmap *unmap;

	if (!file) {
		if (!READ_ONCE(mdev->unmap_lost))
			dev_warn(mdev_dev(mdev->mdev),
				 "No file for an unmap of guest memory: the guest cannot enable interrupts until its VMM is restarted\n");
		WRITE_ONCE(mdev->unmap_lost, true);
		return;
	}
	unmap = file->private_data;
	spin_lock(&unmaps_lock);
	list_add(&unmap->node, &mdev->unmaps);
	spin_unlock(&unmaps_lock);
	fput(file);
}

/**
 * vap_unmap_concerns - is this memory being unmapped?
 * @mdev: the mdev of the guest
 * @address: a guest absolute address
 *
 * Whoever pins a page asks with mdev->irq_mutex held. An unmap that begins after that has to
 * take the mutex before it looks for pages that are pinned.
 *
 * Context: Process context, mdev->irq_mutex held.
 * Return: true while a task unmaps it, or if it is unknown whether one does
 */
bool vap_unmap_concerns(struct vap_mdev *mdev, u64 address)
{
	struct unmap *unmap;
	bool concerns = false;

	lockdep_assert_held(&mdev->irq_mutex);
	if (READ_ONCE(mdev->unmap_lost))
		return true;
	if (list_empty(&mdev->unmaps))	/* so guests do not wait for each other */
		return false;
	spin_lock(&unmaps_lock);
	list_for_each_entry(unmap, &mdev->unmaps, node) {
		if (address >= unmap->iova && address - unmap->iova < unmap->length) {
			concerns = true;
			break;
		}
	}
	spin_unlock(&unmaps_lock);
	return concerns;
}

/**
 * vap_unmap_open - the mdev is being opened
 * @mdev: the mdev; type 1 does not call dma_unmap() for it yet
 *
 * Context: Process context.
 */
void vap_unmap_open(struct vap_mdev *mdev)
{
	WRITE_ONCE(mdev->unmap_lost, false);
}

/**
 * vap_unmap_init_mdev - initialise the list of unmaps of an mdev
 * @mdev: the mdev, new
 *
 * Context: Process context, no lock needed.
 */
void vap_unmap_init_mdev(struct vap_mdev *mdev)
{
	INIT_LIST_HEAD(&mdev->unmaps);
}

/**
 * vap_unmap_exit_mdev - the mdev is about to be freed
 * @mdev: the mdev, closed and unregistered. A task that unmapped memory of its guest may
 *	still be in the system call: that is not waited for.
 *
 * Context: Process context, no lock of the module held.
 */
void vap_unmap_exit_mdev(struct vap_mdev *mdev)
{
	struct unmap *unmap, *next;

	spin_lock(&unmaps_lock);
	list_for_each_entry_safe(unmap, next, &mdev->unmaps, node)
		list_del_init(&unmap->node);
	spin_unlock(&unmaps_lock);
}
