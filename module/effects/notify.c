// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whoever watches a guest's matrix: pollers of attributes, listeners to uevents,
 * and the VMM by its eventfds.
 */
#include <linux/eventfd.h>
#include "effects/effects.h"

#define UEVENT	"AP_GUEST_MATRIX="

/**
 * vap_notify_guest_matrix - report to user space that a guest's matrix has changed
 * @mdev: the mdev of the guest
 * @guest: the new matrix, for the uevent
 * @queues: its adapters or domains have changed
 * @control: its control domains have changed
 *
 * Pollers are told if there are some; a uevent is always sent.
 *
 * Wakes pollers of the attributes and sends a uevent.
 *
 * Context: Process context, mdev->update_lock held, so that uevents have the order of the
 * changes; vap.lock not held. Allocates memory and may sleep.
 */
void vap_notify_guest_matrix(struct vap_mdev *mdev, const struct apm_matrix *guest,
			     bool queues, bool control)
{
	struct device *dev = mdev_dev(mdev->mdev);
	char text[sizeof(UEVENT) + APM_MATRIX_CONFIG_LEN] = UEVENT;
	char *envp[] = { text, NULL };
	size_t len = strlen(UEVENT);

	lockdep_assert_held(&mdev->update_lock);
	lockdep_assert_not_held(&vap.lock);
	len += apm_matrix_read_config(guest, text + len, APM_MATRIX_CONFIG_LEN - 1, 0);
	text[len] = '\0';
	vap_compat_sysfs_notify(&dev->kobj, "guest_generation");
	if (queues)
		vap_compat_sysfs_notify(&dev->kobj, "guest_matrix");
	if (control)
		vap_compat_sysfs_notify(&dev->kobj, "guest_control_domains");
	kobject_uevent_env(&dev->kobj, KOBJ_CHANGE, envp);
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
