// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whoever watches a guest's matrix: pollers of attributes, listeners to uevents,
 * and the VMM by its eventfds.
 */
#include <linux/eventfd.h>
#include "effects/effects.h"

#define UEVENT	"AP_GUEST_MATRIX="

/* Changes that follow each other within this time, in jiffies, share one uevent. */
#define UEVENT_DELAY	1

/* Attributes that can be polled. */
static const char *const polled[VAP_POLLED_NR] = {
	[VAP_POLLED_GENERATION] = "guest_generation",
	[VAP_POLLED_MATRIX] = "guest_matrix",
	[VAP_POLLED_CONTROL] = "guest_control_domains",
};

/*
 * Wakes who polls an attribute. Its node is looked up once: the attributes are there as
 * long as the driver has the mdev, but for a moment at the beginning.
 */
static void wake_pollers(struct vap_mdev *mdev, enum vap_polled which)
{
	struct kernfs_node **node = &mdev->polled[which];

	lockdep_assert_held(&mdev->update_lock);
	if (!*node)
		*node = sysfs_get_dirent(mdev_dev(mdev->mdev)->kobj.sd, polled[which]);
	if (*node)
		vap_compat_sysfs_notify(*node);
}

static void send_uevent(struct vap_mdev *mdev, const struct apm_matrix *guest)
{
	char text[sizeof(UEVENT) + APM_MATRIX_CONFIG_LEN] = UEVENT;
	char *envp[] = { text, NULL };
	size_t len = strlen(UEVENT);

	/* in 5.10 the device is deleted, and user space told so, before the driver is */
	if (mdev_dev(mdev->mdev)->kobj.state_remove_uevent_sent)
		return;
	len += apm_matrix_read_config(guest, text + len, APM_MATRIX_CONFIG_LEN - 1, 0);
	text[len] = '\0';
	kobject_uevent_env(&mdev_dev(mdev->mdev)->kobj, KOBJ_CHANGE, envp);
}

static void uevent_work_fn(struct work_struct *work)
{
	struct vap_mdev *mdev = container_of(to_delayed_work(work), struct vap_mdev,
					     uevent_work);
	struct apm_matrix guest;

	spin_lock(&mdev->trigger_lock);
	guest = mdev->news;
	spin_unlock(&mdev->trigger_lock);
	if (apm_matrix_equal(&guest, &mdev->told))
		return;
	mdev->told = guest;
	send_uevent(mdev, &guest);
}

/**
 * vap_notify_guest_matrix - report to user space that a guest's matrix has changed
 * @mdev: the mdev of the guest
 * @guest: the new matrix, for the uevent
 * @queues: its adapters or domains have changed
 * @control: its control domains have changed
 *
 * Wakes pollers of the attributes, if there are some. The uevent follows after a tick, with
 * the newest matrix: the text costs more than all else that a change of one ID costs, and
 * user space wants to know the result of a batch. There is no uevent if by then the matrix
 * is what the last uevent told.
 *
 * Context: Process context, mdev->update_lock held, so that reports have the order of the
 * changes; vap.lock not held. Takes mdev->trigger_lock. May sleep.
 */
void vap_notify_guest_matrix(struct vap_mdev *mdev, const struct apm_matrix *guest,
			     bool queues, bool control)
{
	lockdep_assert_held(&mdev->update_lock);
	lockdep_assert_not_held(&vap.lock);
	wake_pollers(mdev, VAP_POLLED_GENERATION);
	if (queues)
		wake_pollers(mdev, VAP_POLLED_MATRIX);
	if (control)
		wake_pollers(mdev, VAP_POLLED_CONTROL);
	spin_lock(&mdev->trigger_lock);
	mdev->news = *guest;
	spin_unlock(&mdev->trigger_lock);
	schedule_delayed_work(&mdev->uevent_work, UEVENT_DELAY);
}

/**
 * vap_notify_init_mdev - initialise what reports changes of an mdev
 * @mdev: the mdev, before vap_mdev_add()
 *
 * Context: Process context, no lock needed.
 */
void vap_notify_init_mdev(struct vap_mdev *mdev)
{
	INIT_DELAYED_WORK(&mdev->uevent_work, uevent_work_fn);
}

/**
 * vap_notify_exit_mdev - send what has not been reported yet and free the rest
 * @mdev: the mdev, after vap_mdev_del(); its device still exists
 *
 * Context: Process context, no lock of the module held. Sleeps.
 */
void vap_notify_exit_mdev(struct vap_mdev *mdev)
{
	unsigned int which;

	flush_delayed_work(&mdev->uevent_work);
	for (which = 0; which < VAP_POLLED_NR; which++)
		sysfs_put(mdev->polled[which]);
}

/**
 * vap_notify_trigger - signal an eventfd of the VMM
 * @mdev: the mdev
 * @trigger: which eventfd; nothing happens if the VMM has registered none
 *
 * Context: Process context. Takes mdev->trigger_lock. Does not sleep.
 */
void vap_notify_trigger(struct vap_mdev *mdev, enum vap_trigger trigger)
{
	spin_lock(&mdev->trigger_lock);
	if (mdev->trigger[trigger])
		eventfd_signal(mdev->trigger[trigger]);
	spin_unlock(&mdev->trigger_lock);
}

/**
 * vap_notify_set_trigger - register an eventfd of the VMM
 * @mdev: the mdev
 * @trigger: which eventfd
 * @ctx: the eventfd; its reference now belongs to the mdev. NULL: none.
 *
 * Context: Process context. Takes mdev->trigger_lock. May sleep.
 */
void vap_notify_set_trigger(struct vap_mdev *mdev, enum vap_trigger trigger,
			    struct eventfd_ctx *ctx)
{
	struct eventfd_ctx *old;

	spin_lock(&mdev->trigger_lock);
	old = mdev->trigger[trigger];
	mdev->trigger[trigger] = ctx;
	spin_unlock(&mdev->trigger_lock);
	if (old)
		eventfd_ctx_put(old);
}

/**
 * vap_notify_has_trigger - has the VMM registered an eventfd?
 * @mdev: the mdev
 * @trigger: which eventfd
 *
 * Context: Process context. Takes mdev->trigger_lock.
 * Return: true if so
 */
bool vap_notify_has_trigger(struct vap_mdev *mdev, enum vap_trigger trigger)
{
	bool has;

	spin_lock(&mdev->trigger_lock);
	has = mdev->trigger[trigger];
	spin_unlock(&mdev->trigger_lock);
	return has;
}
