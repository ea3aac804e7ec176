// SPDX-License-Identifier: GPL-2.0-only
/*
 * Queue devices that are bound to us, and what is known of their contents.
 *
 * A queue can be found by its APQN from vap_queue_publish() to
 * vap_queue_erase(): under vap.lock, or under RCU with a reference, as the PQAP
 * hook does, which looks at queue->aqic under queue->lock then.
 *
 * It stays there without its device (dead) while it counts as a guest's: if the
 * AP bus deletes the device of a queue whose guest cannot be updated yet. A new
 * device with that APQN takes it over (vap_queue_adopt()).
 */
#include "model/model.h"
#include <linux/slab.h>

/**
 * vap_queue_create - make a queue of a device
 * @dev: the queue device
 * @apqn: its number
 * Return: a queue in state UNKNOWN that cannot be found yet, with one reference
 * that ends with vap_queue_put(); NULL without memory
 */
struct vap_queue *vap_queue_create(struct device *dev, unsigned int apqn)
{
	struct vap_queue *queue = kzalloc(sizeof(*queue), GFP_KERNEL);

	if (!queue)
		return NULL;
	kref_init(&queue->ref);
	queue->dev = dev;
	queue->apqn = apqn;
	queue->reason = APM_REASON_RESET_PENDING;
	spin_lock_init(&queue->lock);
	INIT_LIST_HEAD(&queue->mdev_node);
	INIT_LIST_HEAD(&queue->change_node);
	INIT_LIST_HEAD(&queue->reset.node);
	INIT_LIST_HEAD(&queue->reset.run_node);
	/* memory first, under no lock: vap_queue_publish() then needs none */
	if (xa_reserve(&vap.queues, apqn, GFP_KERNEL)) {
		kfree(queue);
		return NULL;
	}
	return queue;
}

static void queue_free(struct kref *ref)
{
	struct vap_queue *queue = container_of(ref, struct vap_queue, ref);

	WARN_ON_ONCE(queue->guest || queue->irq);
	kfree_rcu(queue, rcu);
}

/* Pairs with vap_queue_create() or vap_queue_get(). Any context. */
void vap_queue_put(struct vap_queue *queue)
{
	kref_put(&queue->ref, queue_free);
}

/* Make a queue findable: 0, or -EBUSY if its APQN is taken. vap.lock held. */
int vap_queue_publish(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (xa_load(&vap.queues, queue->apqn))
		return -EBUSY;
	/* vap_queue_create() has reserved the entry: nothing is allocated */
	if (xa_err(xa_store(&vap.queues, queue->apqn, queue, GFP_ATOMIC)))
		return -ENOMEM;
	vap_queue_refresh(queue);
	return 0;
}

/* A new device of a queue whose old one is gone. vap.lock held. */
void vap_queue_adopt(struct vap_queue *queue, struct device *dev)
{
	lockdep_assert_held(&vap.lock);
	WARN_ON_ONCE(!queue->dead);
	spin_lock(&queue->lock);
	queue->dev = dev;
	queue->dead = false;
	spin_unlock(&queue->lock);
	queue->withdrawn = false;
	vap_queue_refresh(queue);
}

static void set_masks(unsigned int apqn, enum apm_reason reason)
{
	struct apm_mask *ready = &vap.ready[AP_QID_CARD(apqn)];
	struct apm_mask *pending = &vap.pending[AP_QID_CARD(apqn)];

	lockdep_assert_held(&vap.lock);
	apm_mask_clear(ready, AP_QID_QUEUE(apqn));
	apm_mask_clear(pending, AP_QID_QUEUE(apqn));
	if (reason == APM_REASON_NONE)
		apm_mask_set(ready, AP_QID_QUEUE(apqn));
	else if (reason == APM_REASON_RESET_PENDING)
		apm_mask_set(pending, AP_QID_QUEUE(apqn));
}

/* The queue cannot be found any more; references stay valid. vap.lock held. */
void vap_queue_erase(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	xa_erase(&vap.queues, queue->apqn);
	set_masks(queue->apqn, READ_ONCE(vap.rebinding) == queue->apqn ?
		  APM_REASON_RESET_PENDING : APM_REASON_NO_QUEUE_DEVICE);
}

/*
 * No AP instruction is issued for the queue any more, and its device is not
 * touched: every instruction is issued under queue->lock after a look at dead.
 * vap.lock held; the reset was cancelled.
 */
void vap_queue_kill(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	WARN_ON_ONCE(!list_empty(&queue->reset.node));
	spin_lock(&queue->lock);
	queue->dead = true;
	queue->dev = NULL;
	spin_unlock(&queue->lock);
}

/* The bound queue of an APQN, or NULL. vap.lock held. */
struct vap_queue *vap_queue_find(unsigned int apqn)
{
	lockdep_assert_held(&vap.lock);
	return xa_load(&vap.queues, apqn);
}

/* The same with a reference, which ends with vap_queue_put(). No lock needed. */
struct vap_queue *vap_queue_get(unsigned int apqn)
{
	struct vap_queue *queue;

	rcu_read_lock();
	queue = xa_load(&vap.queues, apqn);
	if (queue && !kref_get_unless_zero(&queue->ref))
		queue = NULL;
	rcu_read_unlock();
	return queue;
}

/* states */

#define NO	(-1)

static const signed char next_state[VAP_QUEUE_STATES][VAP_QUEUE_EVENTS] = {
	[VAP_QUEUE_UNKNOWN] = {
		VAP_QUEUE_RESETTING, NO, VAP_QUEUE_UNKNOWN, NO, NO, NO, NO,
		VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_CLEAN] = {
		VAP_QUEUE_RESETTING, NO, VAP_QUEUE_CLEAN, NO, NO, NO, VAP_QUEUE_USED,
		VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_USED] = {
		VAP_QUEUE_RESETTING, VAP_QUEUE_IN_PLACE, VAP_QUEUE_USED, NO, NO, NO, NO,
		VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_RESETTING] = {
		VAP_QUEUE_RESETTING, VAP_QUEUE_IN_PLACE, VAP_QUEUE_RESETTING,
		VAP_QUEUE_CLEAN, NO, VAP_QUEUE_FAILED, NO, VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_IN_PLACE] = {
		VAP_QUEUE_RESETTING, VAP_QUEUE_IN_PLACE, VAP_QUEUE_RESETTING,
		VAP_QUEUE_CLEAN, VAP_QUEUE_USED, VAP_QUEUE_FAILED, NO, VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_FAILED] = {
		VAP_QUEUE_RESETTING, NO, VAP_QUEUE_FAILED, VAP_QUEUE_CLEAN, NO,
		VAP_QUEUE_FAILED, NO, VAP_QUEUE_UNKNOWN
	},
};

/**
 * vap_queue_event - the only way in which a queue's state changes
 * @queue: the queue
 * @event: what happened; must be possible in the present state, see the table in
 *	model.h
 *
 * vap.lock held. The caller marks the mdev that has the queue.
 */
void vap_queue_event(struct vap_queue *queue, enum vap_queue_event event)
{
	int next = next_state[queue->state][event];

	lockdep_assert_held(&vap.lock);
	if (WARN_ONCE(next < 0, "vfio_ap: queue %02x.%04x: event %u in state %u\n",
		      VAP_APQN_ARGS(queue->apqn), event, queue->state))
		return;
	WRITE_ONCE(queue->state, next);
	vap_queue_refresh(queue);
	if (queue->rebind != VAP_REBIND_NO)
		queue_work(vap.wq, &vap.rebind_work);
}

static enum apm_reason reason_now(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (READ_ONCE(vap.rebinding) == queue->apqn)
		return APM_REASON_RESET_PENDING;
	if (queue->withdrawn)
		return APM_REASON_UNBOUND;
	if (queue->rebind != VAP_REBIND_NO)
		return APM_REASON_RESET_PENDING;
	switch (queue->state) {
	case VAP_QUEUE_CLEAN:
	case VAP_QUEUE_USED:
	case VAP_QUEUE_IN_PLACE:
		return APM_REASON_NONE;
	case VAP_QUEUE_FAILED:
		if (queue->reset.rc == AP_RESPONSE_DECONFIGURED)
			return APM_REASON_DECONFIGURED;
		if (queue->reset.rc == AP_RESPONSE_CHECKSTOPPED)
			return APM_REASON_CHECKSTOPPED;
		return APM_REASON_RESET_FAILED;
	case VAP_QUEUE_UNKNOWN:
	case VAP_QUEUE_RESETTING:
	case VAP_QUEUE_STATES:
		break;
	}
	return APM_REASON_RESET_PENDING;
}

/* What follows from the state, for the filter. After each change. vap.lock held. */
void vap_queue_refresh(struct vap_queue *queue)
{
	enum apm_reason reason = reason_now(queue);

	WRITE_ONCE(queue->reason, reason);
	set_masks(queue->apqn, reason);
}

/* To be rebound or not. The caller marks queue->mdev. vap.lock held. */
void vap_queue_set_rebind(struct vap_queue *queue, enum vap_rebind rebind)
{
	lockdep_assert_held(&vap.lock);
	queue->rebind = rebind;
	if (rebind == VAP_REBIND_NO)
		xa_clear_mark(&vap.queues, queue->apqn, VAP_MARK_REBIND);
	else
		xa_set_mark(&vap.queues, queue->apqn, VAP_MARK_REBIND);
	vap_queue_refresh(queue);
}

/*
 * The device of this APQN is about to be unbound for a moment; -1: it is bound
 * again, or was not to be. vap.lock held.
 */
void vap_queue_set_rebinding(int apqn)
{
	int old = READ_ONCE(vap.rebinding);
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	WRITE_ONCE(vap.rebinding, apqn);
	if (old < 0)
		return;
	queue = vap_queue_find(old);
	if (queue)
		vap_queue_refresh(queue);
	else
		set_masks(old, APM_REASON_NO_QUEUE_DEVICE);
}

/*
 * apm_queue_state_fn: why a queue may not be given to a guest. Needs no lock;
 * exact under vap.lock.
 */
enum apm_reason vap_queue_reason(void *ctx, unsigned int apid, unsigned int apqi)
{
	unsigned int apqn = AP_MKQID(apid, apqi);
	enum apm_reason reason = APM_REASON_NO_QUEUE_DEVICE;
	struct vap_queue *queue;

	rcu_read_lock();
	queue = xa_load(&vap.queues, apqn);
	if (queue)
		reason = READ_ONCE(queue->reason);
	else if (READ_ONCE(vap.rebinding) == apqn)
		reason = APM_REASON_RESET_PENDING;
	rcu_read_unlock();
	return reason;
}

/* apm_adapter_state_fn: the same as masks. vap.lock held. */
void vap_queue_adapter_state(void *ctx, unsigned int apid,
			     const struct apm_mask *domains,
			     struct apm_mask *ready, struct apm_mask *pending)
{
	lockdep_assert_held(&vap.lock);
	*ready = vap.ready[apid];
	*pending = vap.pending[apid];
}

/* for the PQAP hook */

/* Whose guest may issue PQAP(AQIC) for the queue from now on; NULL: nobody's. */
void vap_queue_allow_aqic(struct vap_queue *queue, struct vap_mdev *mdev)
{
	spin_lock(&queue->lock);
	queue->aqic = mdev;
	spin_unlock(&queue->lock);
}

/* PQAP(AQIC) has to wait while a reset is in progress. */
void vap_queue_set_resetting(struct vap_queue *queue, bool resetting)
{
	spin_lock(&queue->lock);
	queue->resetting = resetting;
	spin_unlock(&queue->lock);
}

/* The AP bus may have taken the queue for the host's: look soon. Any context. */
void vap_queue_suspect(struct vap_queue *queue)
{
	WRITE_ONCE(queue->look_at, jiffies);
	xa_set_mark(&vap.queues, queue->apqn, VAP_MARK_LOOK);
	mod_delayed_work(vap.wq, &vap.look_work, 0);
}

/* who waits for resets */

static bool being_reset(const struct vap_queue *queue)
{
	return queue->state == VAP_QUEUE_RESETTING || queue->state == VAP_QUEUE_IN_PLACE;
}

/* If the queue is being reset, @waiter waits for that. vap.lock held. */
void vap_queue_count_reset(struct vap_queue *queue, struct vap_mdev *waiter)
{
	lockdep_assert_held(&vap.lock);
	if (!being_reset(queue) || queue->reset.waiter)
		return;
	queue->reset.waiter = waiter;
	atomic_inc(&waiter->nr_resets);
}

/* The reset is complete, has failed, or is nobody's to wait for. vap.lock held. */
void vap_queue_reset_settled(struct vap_queue *queue, bool failed)
{
	struct vap_mdev *waiter = queue->reset.waiter;

	lockdep_assert_held(&vap.lock);
	if (waiter) {
		queue->reset.waiter = NULL;
		if (failed)
			atomic_inc(&waiter->nr_failed);
		atomic_dec(&waiter->nr_resets);
	}
	wake_up_all(&vap.wait);
}

/*
 * The words of the attribute status, which are mainline's. Without a lock, each
 * read is true at some moment.
 */
const char *vap_queue_status_word(const struct vap_queue *queue)
{
	if (READ_ONCE(queue->guest))
		return "in use";
	return READ_ONCE(queue->mdev) ? "assigned" : "unassigned";
}
