// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whoever watches a guest's matrix: pollers of attributes, listeners to uevents,
 * and the VMM by its eventfds.
 */
#include <linux/eventfd.h>
#include <linux/sysfs.h>
#include "effects/effects.h"

#define UEVENT	"AP_GUEST_MATRIX="

/**
 * vap_notify_guest_matrix - tell user space that a guest's matrix has changed
 * @mdev: whose guest
 * @guest: the new matrix, for the uevent
 *
 * mdev->update_lock held, so that uevents come in the order of the changes;
 * vap.lock not held, since this allocates.
 */
void vap_notify_guest_matrix(struct vap_mdev *mdev, const struct apm_matrix *guest)
{
	struct device *dev = mdev_dev(mdev->mdev);
	char text[sizeof(UEVENT) + APM_MATRIX_CONFIG_LEN] = UEVENT;
	char *envp[] = { text, NULL };
	size_t len = strlen(UEVENT);

	lockdep_assert_held(&mdev->update_lock);
	lockdep_assert_not_held(&vap.lock);
	len += apm_matrix_read_config(guest, text + len, APM_MATRIX_CONFIG_LEN - 1, 0);
	text[len] = '\0';
	sysfs_notify(&dev->kobj, NULL, "guest_generation");
	sysfs_notify(&dev->kobj, NULL, "guest_matrix");
	sysfs_notify(&dev->kobj, NULL, "guest_control_domains");
	kobject_uevent_env(&dev->kobj, KOBJ_CHANGE, envp);
}

/* Signal an eventfd of the VMM, if it has registered one. Any context but irq. */
void vap_notify_trigger(struct vap_mdev *mdev, enum vap_trigger trigger)
{
	spin_lock(&mdev->trigger_lock);
	if (mdev->trigger[trigger])
		eventfd_signal(mdev->trigger[trigger]);
	spin_unlock(&mdev->trigger_lock);
}

/* Register an eventfd, whose reference is taken over, or none (NULL). May sleep. */
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

/* Has the VMM registered one? */
bool vap_notify_has_trigger(struct vap_mdev *mdev, enum vap_trigger trigger)
{
	bool has;

	spin_lock(&mdev->trigger_lock);
	has = mdev->trigger[trigger];
	spin_unlock(&mdev->trigger_lock);
	return has;
}
