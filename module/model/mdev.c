// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mdevs: which queues they have, and which of them are to be brought up to date.
 *
 * A bound queue is linked to an mdev while its APQN is in the assigned matrix,
 * or still in the APCB of its guest.
 */
#include "model/model.h"

/* All that the model keeps of a new mdev, before it can be found. */
void vap_mdev_init_model(struct vap_mdev *mdev)
{
	INIT_LIST_HEAD(&mdev->node);
	INIT_LIST_HEAD(&mdev->queues);
	INIT_LIST_HEAD(&mdev->marked_node);
	mutex_init(&mdev->update_lock);
	spin_lock_init(&mdev->trigger_lock);
}

/* From now on the mdev can be found. No lock held. */
void vap_mdev_add(struct vap_mdev *mdev)
{
	vap_lock();
	list_add_tail(&mdev->node, &vap.mdevs);
	vap_unlock();
}

/*
 * The mdev cannot be found any more, has no queues, and nobody works on it. It
 * is not open. No lock held.
 */
void vap_mdev_del(struct vap_mdev *mdev)
{
	struct vap_queue *queue;
	unsigned long apqn;

	vap_lock();
	list_del_init(&mdev->node);
	list_del_init(&mdev->marked_node);
	memset(&mdev->assigned, 0, sizeof(mdev->assigned));
	vap_mdev_unlink_foreign(mdev);
	xa_for_each(&vap.queues, apqn, queue) {
		if (queue->reset.waiter == mdev)
			vap_queue_reset_settled(queue, false);
	}
	vap_unlock();
	wait_event(vap.wait, !atomic_read(&mdev->users));
	cancel_work_sync(&mdev->update_work);
}

/* Work on an mdev without vap.lock; it stays until vap_mdev_put(). vap.lock held. */
void vap_mdev_get(struct vap_mdev *mdev)
{
	lockdep_assert_held(&vap.lock);
	atomic_inc(&mdev->users);
}

/* Pairs with vap_mdev_get(). Any context. */
void vap_mdev_put(struct vap_mdev *mdev)
{
	if (atomic_dec_and_test(&mdev->users))
		wake_up_all(&vap.wait);
}

/* The mdev that has the APQN assigned, or in its APCB, or NULL. vap.lock held. */
struct vap_mdev *vap_mdev_by_apqn(unsigned int apqn)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node) {
		if (vap_matrix_has(&mdev->assigned, apqn) ||
		    vap_matrix_has(&mdev->apcb, apqn) ||
		    vap_matrix_has(&mdev->apcb_next, apqn))
			return mdev;
	}
	return NULL;
}

/* The mdev that a VM has open, or NULL. vap.lock held. */
struct vap_mdev *vap_mdev_by_kvm(const struct kvm *kvm)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node) {
		if (mdev->kvm == kvm)
			return mdev;
	}
	return NULL;
}

/**
 * vap_mdev_has_any - does an mdev have any APQN of two masks?
 * @mdev: the mdev
 * @apm: adapters
 * @aqm: usage domains
 * @common: gets the adapters and domains that both have
 * Return: true if one is assigned, or is still in the guest's APCB. vap.lock held.
 */
bool vap_mdev_has_any(const struct vap_mdev *mdev, const struct apm_mask *apm,
		      const struct apm_mask *aqm, struct apm_matrix *common)
{
	lockdep_assert_held(&vap.lock);
	return apm_matrix_shares_masks(&mdev->assigned, apm, aqm, common) ||
	       apm_matrix_shares_masks(&mdev->apcb, apm, aqm, common) ||
	       apm_matrix_shares_masks(&mdev->apcb_next, apm, aqm, common);
}

static void link_queue(struct vap_mdev *mdev, struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	WRITE_ONCE(queue->mdev, mdev);
	list_add_tail(&queue->mdev_node, &mdev->queues);
	/* whoever assigned it wants to know when it is ready */
	vap_queue_count_reset(queue, mdev);
}

/* The queue came to be bound: link and mark the mdev that has it. vap.lock held. */
void vap_mdev_link_queue(struct vap_queue *queue)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	if (!queue->mdev) {
		mdev = vap_mdev_by_apqn(queue->apqn);
		if (!mdev)
			return;
		link_queue(mdev, queue);
	}
	vap_mdev_mark(queue->mdev);
}

/* The queue belongs to no mdev any more. In no guest. vap.lock held. */
void vap_mdev_unlink_queue(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	WARN_ON_ONCE(queue->guest);
	if (!queue->mdev)
		return;
	WRITE_ONCE(queue->mdev, NULL);
	list_del_init(&queue->mdev_node);
	vap_queue_event(queue, VAP_EVENT_LET_GO);
}

/* Unlink what is neither assigned nor in the guest. vap.lock held. */
void vap_mdev_unlink_foreign(struct vap_mdev *mdev)
{
	struct vap_queue *queue, *next;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry_safe(queue, next, &mdev->queues, mdev_node) {
		if (!queue->guest && !vap_matrix_has(&mdev->assigned, queue->apqn))
			vap_mdev_unlink_queue(queue);
	}
	mdev->unlink = false;
}

/* Replace the assigned matrix, which was checked. vap.lock held. */
void vap_mdev_assign(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	struct apm_matrix old = mdev->assigned;
	unsigned int apid, apqi;
	struct apm_mask domains;

	lockdep_assert_held(&vap.lock);
	mdev->assigned = *next;
	mdev->unlink = true;
	vap_for_each_beyond(apid, apqi, next, &old, &domains) {
		struct vap_queue *queue = vap_queue_find(AP_MKQID(apid, apqi));

		if (queue && !queue->mdev)
			link_queue(mdev, queue);
	}
	vap_mdev_mark(mdev);
}

/**
 * vap_mdev_mark - something that a guest's matrix depends on has changed
 * @mdev: whose
 * Return: the mark, for vap_update_wait(). vap.lock held; the caller calls
 * vap_update_marked() once it is released.
 */
unsigned long vap_mdev_mark(struct vap_mdev *mdev)
{
	lockdep_assert_held(&vap.lock);
	if (list_empty(&mdev->marked_node))
		list_add_tail(&mdev->marked_node, &vap.marked);
	return ++mdev->wanted;
}

/* Mark all mdevs. vap.lock held. */
void vap_mdev_mark_all(void)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node)
		vap_mdev_mark(mdev);
}

/* What the guest's matrix is a function of. To be used under vap.lock. */
void vap_mdev_filter(struct vap_mdev *mdev, struct apm_filter *filter)
{
	lockdep_assert_held(&vap.lock);
	*filter = (struct apm_filter){
		.assigned = &mdev->assigned,
		.host = &vap.host,
		.state = vap_queue_reason,
		.adapter_state = vap_queue_adapter_state,
		.removing = mdev->removing,
		.current_guest = &mdev->guest,
	};
}
