// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mdevs: which queues they have, and which of them are to be brought up to date.
 *
 * A bound queue is linked to an mdev while its APQN is in the assigned matrix,
 * or still in the APCB of its guest.
 */
#include "model/model.h"

/**
 * vap_mdev_init_model - initialise what the model keeps of an mdev
 * @mdev: a zeroed mdev that vap_mdev_add() was not called for
 *
 * Context: Process context, no lock needed.
 */
void vap_mdev_init_model(struct vap_mdev *mdev)
{
	INIT_LIST_HEAD(&mdev->node);
	INIT_LIST_HEAD(&mdev->queues);
	INIT_LIST_HEAD(&mdev->marked_node);
	mutex_init(&mdev->update_lock);
	spin_lock_init(&mdev->trigger_lock);
}

/**
 * vap_mdev_add - add an mdev to vap.mdevs
 * @mdev: the mdev, initialised
 *
 * Context: Process context, vap.lock not held. Takes vap.lock.
 */
void vap_mdev_add(struct vap_mdev *mdev)
{
	vap_lock();
	list_add_tail(&mdev->node, &vap.mdevs);
	vap_unlock();
}

/**
 * vap_mdev_del - remove an mdev from vap.mdevs
 * @mdev: the mdev; its VFIO device is closed, and no guest has any of its queues
 *
 * On return no queue is linked to the mdev, no reset counts it, nobody works on it, and
 * update_work does not run.
 *
 * Context: Process context, no lock of the module held. Takes vap.lock. Sleeps until
 * updates that are in progress are complete.
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

/**
 * vap_mdev_get - keep an mdev while vap.lock is released
 * @mdev: the mdev, found under vap.lock
 *
 * Context: Process context, vap.lock held.
 */
void vap_mdev_get(struct vap_mdev *mdev)
{
	lockdep_assert_held(&vap.lock);
	atomic_inc(&mdev->users);
}

/**
 * vap_mdev_put - pairs with vap_mdev_get()
 * @mdev: the mdev; may be freed before the function returns
 *
 * Context: Any context. Does not sleep.
 */
void vap_mdev_put(struct vap_mdev *mdev)
{
	if (atomic_dec_and_test(&mdev->users))
		wake_up_all(&vap.wait);
}

/**
 * vap_mdev_by_apqn - the mdev to which an APQN is assigned
 * @apqn: 0 to 0xffff
 *
 * Context: Process context, vap.lock held; the result is valid as long as it is held.
 * Return: the mdev that has the APQN assigned, or NULL
 */
struct vap_mdev *vap_mdev_by_apqn(unsigned int apqn)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node) {
		if (vap_matrix_has(&mdev->assigned, apqn))
			return mdev;
	}
	return NULL;
}

/**
 * vap_mdev_by_kvm - the mdev that a VM has open
 * @kvm: the VM
 *
 * Context: Process context, vap.lock held; the result is valid as long as it is held.
 * Return: the mdev, or NULL
 */
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

/*
 * As apm_matrix_shares_masks(). Most matrices of other mdevs have nothing in common with what is
 * assigned, so nothing is computed before two quick tests.
 */
static bool has_any(const struct apm_matrix *matrix, const struct apm_mask *apm,
		    const struct apm_mask *aqm, struct apm_matrix *common)
{
	return apm_mask_intersects(apm_matrix_apm(matrix), apm) &&
	       apm_mask_intersects(apm_matrix_aqm(matrix), aqm) &&
	       apm_matrix_shares_masks(matrix, apm, aqm, common);
}

/**
 * vap_mdev_has_any - does any APQN of two masks belong to an mdev?
 * @mdev: the mdev
 * @apm: adapters
 * @aqm: usage domains
 * @common: result if true: the adapters and domains that both have
 *
 * Context: Process context, vap.lock held.
 * Return: true if one is assigned, or is still in the guest's APCB
 */
bool vap_mdev_has_any(const struct vap_mdev *mdev, const struct apm_mask *apm,
		      const struct apm_mask *aqm, struct apm_matrix *common)
{
	lockdep_assert_held(&vap.lock);
	return has_any(&mdev->assigned, apm, aqm, common) ||
	       has_any(&mdev->apcb, apm, aqm, common) ||
	       has_any(&mdev->apcb_next, apm, aqm, common);
}

static void link_queue(struct vap_mdev *mdev, struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	WRITE_ONCE(queue->mdev, mdev);
	list_add_tail(&queue->mdev_node, &mdev->queues);
	/* whoever assigned it wants to know when it is ready */
	vap_queue_count_reset(queue, mdev);
}

/**
 * vap_mdev_link_queue - link a queue that was bound to the mdev that has its APQN
 * @queue: the queue; nothing happens if no mdev has its APQN
 *
 * Marks the mdev.
 *
 * Context: Process context, vap.lock held.
 */
void vap_mdev_link_queue(struct vap_queue *queue)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	/* one that is in an APCB kept its link when its last device went */
	if (!queue->mdev) {
		mdev = vap_mdev_by_apqn(queue->apqn);
		if (!mdev)
			return;
		link_queue(mdev, queue);
	}
	vap_mdev_mark(queue->mdev);
}

/**
 * vap_mdev_unlink_queue - unlink a queue from its mdev
 * @queue: the queue, in no guest; nothing happens if it is linked to no mdev
 *
 * Context: Process context, vap.lock held.
 */
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

/**
 * vap_mdev_unlink_foreign - unlink queues that are neither assigned nor in the guest
 * @mdev: the mdev
 *
 * Context: Process context, vap.lock held.
 */
void vap_mdev_unlink_foreign(struct vap_mdev *mdev)
{
	struct vap_queue *queue, *next;

	lockdep_assert_held(&vap.lock);
	mdev->unlink = false;
	list_for_each_entry_safe(queue, next, &mdev->queues, mdev_node) {
		if (vap_matrix_has(&mdev->assigned, queue->apqn))
			continue;
		if (queue->guest)
			mdev->unlink = true;	/* the next update takes it from the guest */
		else
			vap_mdev_unlink_queue(queue);
	}
}

/**
 * vap_mdev_assign - replace the assigned matrix of an mdev
 * @mdev: the mdev
 * @next: the new matrix. The caller has checked that no other mdev and no driver of the
 *	host has one of its APQNs.
 *
 * Links queues that are gained and marks the mdev. Queues that are lost are unlinked once
 * the guest has lost them.
 *
 * Context: Process context, vap.lock held.
 */
void vap_mdev_assign(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	struct apm_matrix old = mdev->assigned;
	XA_STATE(at, &vap.queues, 0);
	unsigned int apid, apqi;
	struct apm_mask domains;

	lockdep_assert_held(&vap.lock);
	mdev->assigned = *next;
	mdev->unlink = true;
	rcu_read_lock();
	vap_for_each_beyond(apid, apqi, next, &old, &domains) {
		struct vap_queue *queue = vap_queue_find_next(&at, AP_MKQID(apid, apqi));

		if (queue && !queue->mdev)
			link_queue(mdev, queue);
	}
	rcu_read_unlock();
	vap_mdev_mark(mdev);
}

/**
 * vap_mdev_mark - note that something has changed that a guest's matrix depends on
 * @mdev: the mdev of the guest
 *
 * The caller calls vap_update_marked() after it has released vap.lock.
 *
 * Context: Process context, vap.lock held.
 * Return: the mark, for vap_update_wait_killable() and its like; never 0
 */
unsigned long vap_mdev_mark(struct vap_mdev *mdev)
{
	lockdep_assert_held(&vap.lock);
	if (list_empty(&mdev->marked_node))
		list_add_tail(&mdev->marked_node, &vap.marked);
	return ++mdev->wanted;
}

/**
 * vap_mdev_mark_all - mark all mdevs, see vap_mdev_mark()
 *
 * Context: Process context, vap.lock held.
 */
void vap_mdev_mark_all(void)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node)
		vap_mdev_mark(mdev);
}

/**
 * vap_mdev_filter - the arguments of the filter for an mdev
 * @mdev: the mdev
 * @filter: result; has pointers into @mdev and vap
 *
 * Context: Process context, vap.lock held; @filter is valid as long as it is held.
 */
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
