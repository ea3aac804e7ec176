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
 * vap_queue_create - create a queue for a queue device
 * @dev: the queue device; has to exist until vap_queue_kill()
 * @apqn: its APQN
 *
 * The queue is in state UNKNOWN. vap_queue_find() does not find it before
 * vap_queue_publish().
 *
 * Context: Process context, no lock of the module held. May sleep.
 * Return: the queue with one reference, which vap_queue_put() drops; NULL if there is no
 * memory
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
	atomic_inc(&vap.nr_queues);
	return queue;
}

static void queue_free(struct kref *ref)
{
	struct vap_queue *queue = container_of(ref, struct vap_queue, ref);

	WARN_ON_ONCE(queue->guest || queue->irq);
	atomic_dec(&vap.nr_queues);
	kfree_rcu(queue, rcu);
}

/**
 * vap_queue_ref - take one more reference
 * @queue: the queue; the caller has a reference, or holds vap.lock and has just found it
 *
 * vap_queue_put() drops it.
 *
 * Context: Any context, also with vap.lock or a spinlock held. Does not sleep.
 */
void vap_queue_ref(struct vap_queue *queue)
{
	kref_get(&queue->ref);
}

/**
 * vap_queue_put - drop a reference
 * @queue: the queue; freed after an RCU grace period with the last reference
 *
 * Pairs with vap_queue_create(), vap_queue_ref() and vap_queue_get(). With the last
 * reference, the queue is in no guest and has no interrupt record.
 *
 * Context: Any context, also with vap.lock or a spinlock held. Does not sleep.
 */
void vap_queue_put(struct vap_queue *queue)
{
	kref_put(&queue->ref, queue_free);
}

/**
 * vap_queue_publish - let vap_queue_find() and vap_queue_get() find a queue
 * @queue: a new queue
 *
 * Context: Process context, vap.lock held. Does not allocate: vap_queue_create() has
 * reserved the entry.
 * Return: 0; -EBUSY if there is a queue with this APQN; -ENOMEM never happens after
 * vap_queue_create()
 */
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

/**
 * vap_queue_adopt - give a new device to a queue whose device was deleted
 * @queue: a dead queue, which is still in the APCB of a guest
 * @dev: the new device with the same APQN
 *
 * Context: Process context, vap.lock held. Takes queue->lock.
 */
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

/**
 * vap_queue_erase - vap_queue_find() and vap_queue_get() no longer find the queue
 * @queue: the queue, withdrawn: so vap.ready and vap.pending need no change. References to it
 *	stay valid.
 *
 * Context: Process context, vap.lock held.
 */
void vap_queue_erase(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	WARN_ON_ONCE(!queue->withdrawn);
	xa_erase(&vap.queues, queue->apqn);
}

/**
 * vap_queue_kill - issue no further AP instruction for a queue and forget its device
 * @queue: the queue; its reset was cancelled by vap_reset_cancel()
 *
 * Each instruction is issued under queue->lock after a check of queue->dead.
 *
 * Context: Process context, vap.lock held. Takes queue->lock.
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

/**
 * vap_queue_find - look up a queue by its APQN
 * @apqn: 0 to 0xffff
 *
 * Context: Process context, vap.lock held; the result is valid as long as it is held.
 * Return: the queue, without a new reference; NULL if there is none. The queue may be dead,
 * see the top of this file.
 */
struct vap_queue *vap_queue_find(unsigned int apqn)
{
	lockdep_assert_held(&vap.lock);
	return xa_load(&vap.queues, apqn);
}

/**
 * vap_queue_find_next - look up queues one after the other
 * @at: where the last look-up was: XA_STATE(at, &vap.queues, 0) before the first
 * @apqn: 0 to 0xffff. If it follows that of the last look-up, this is much faster than
 *	vap_queue_find().
 *
 * Context: Process context, vap.lock and rcu_read_lock() held since the first look-up; no
 * queue may be published or erased meanwhile. The result is valid as long as vap.lock is held.
 * Return: the queue, without a new reference; NULL if there is none
 */
struct vap_queue *vap_queue_find_next(struct xa_state *at, unsigned int apqn)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	if (!xas_not_node(at->xa_node) && at->xa_index + 1 == apqn) {
		queue = xas_next(at);
	} else {
		xas_set(at, apqn);
		queue = xas_load(at);
	}
	/* an entry that vap_queue_create() has reserved */
	return xa_is_zero(queue) ? NULL : queue;
}

/**
 * vap_queue_get - look up a queue by its APQN and take a reference
 * @apqn: 0 to 0xffff
 *
 * Context: Any context. Takes no lock but RCU.
 * Return: the queue, with a reference that vap_queue_put() drops; NULL if there is none
 */
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
		VAP_QUEUE_RESETTING, NO, VAP_QUEUE_UNKNOWN, NO, NO, NO, NO, NO,
		VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_CLEAN] = {
		VAP_QUEUE_RESETTING, NO, VAP_QUEUE_CLEAN, NO, NO, NO, NO, VAP_QUEUE_USED,
		VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_USED] = {
		VAP_QUEUE_RESETTING, VAP_QUEUE_IN_PLACE, VAP_QUEUE_USED, NO, NO, NO, NO, NO,
		VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_RESETTING] = {
		VAP_QUEUE_RESETTING, VAP_QUEUE_IN_PLACE, VAP_QUEUE_RESETTING,
		VAP_QUEUE_CLEAN, NO, VAP_QUEUE_FAILED, VAP_QUEUE_STANDBY, NO,
		VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_IN_PLACE] = {
		VAP_QUEUE_RESETTING, VAP_QUEUE_IN_PLACE, VAP_QUEUE_RESETTING,
		VAP_QUEUE_CLEAN, VAP_QUEUE_USED, VAP_QUEUE_FAILED, VAP_QUEUE_STANDBY, NO,
		VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_FAILED] = {
		VAP_QUEUE_RESETTING, NO, VAP_QUEUE_FAILED, VAP_QUEUE_CLEAN, NO,
		VAP_QUEUE_FAILED, VAP_QUEUE_STANDBY, NO, VAP_QUEUE_UNKNOWN
	},
	[VAP_QUEUE_STANDBY] = {
		VAP_QUEUE_RESETTING, VAP_QUEUE_IN_PLACE, VAP_QUEUE_STANDBY, NO, NO, NO,
		VAP_QUEUE_STANDBY, VAP_QUEUE_USED, VAP_QUEUE_UNKNOWN
	},
};

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
	case VAP_QUEUE_STANDBY:
		return APM_REASON_NONE;
	case VAP_QUEUE_FAILED:
		return APM_REASON_RESET_FAILED;
	case VAP_QUEUE_UNKNOWN:
	case VAP_QUEUE_RESETTING:
	case VAP_QUEUE_STATES:
		break;
	}
	return APM_REASON_RESET_PENDING;
}

/**
 * vap_queue_event - the only way to change the state of a queue
 * @queue: the queue
 * @event: what happened. It has to be possible in the present state, see the table in
 *	model.h; if not, there is one warning and the state stays.
 *
 * The caller marks the mdev that has the queue.
 *
 * Context: Process context, vap.lock held. Does not sleep.
 */
void vap_queue_event(struct vap_queue *queue, enum vap_queue_event event)
{
	int next = next_state[queue->state][event];

	lockdep_assert_held(&vap.lock);
	if (WARN_ONCE(next < 0, "vfio_ap: queue %02x.%04x: event %u in state %u\n",
		      VAP_APQN_ARGS(queue->apqn), event, queue->state))
		return;
	WRITE_ONCE(queue->state, next);
	/* vap_queue_publish() has set the masks, and most events change neither of them */
	if (reason_now(queue) != queue->reason)
		vap_queue_refresh(queue);
	if (queue->rebind != VAP_REBIND_NO)
		mod_delayed_work(vap.wq, &vap.rebind_work, 0);
}

/**
 * vap_queue_refresh - derive from a queue's state what the filter needs
 * @queue: the queue
 *
 * To be called after each change of state, rebind, withdrawn or vap.rebinding. Sets
 * queue->reason, vap.ready and vap.pending.
 *
 * Context: Process context, vap.lock held.
 */
void vap_queue_refresh(struct vap_queue *queue)
{
	enum apm_reason reason = reason_now(queue);

	WRITE_ONCE(queue->reason, reason);
	set_masks(queue->apqn, reason);
}

/**
 * vap_queue_set_rebind - set whether a queue has to be rebound before any use
 * @queue: the queue
 * @rebind: whether, and when
 *
 * The caller marks queue->mdev and, unless @rebind is VAP_REBIND_NO, queues
 * vap.rebind_work.
 *
 * Context: Process context, vap.lock held.
 */
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

/**
 * vap_queue_set_rebinding - set which device is unbound for a moment
 * @apqn: its APQN, 0 to 0xffff; -1: none, the rebinding is over
 *
 * Until then the reason of this APQN is "reset-pending" and not "no-queue-device". The
 * caller marks the mdev of the previous APQN.
 *
 * Context: Process context, vap.lock held.
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

/**
 * vap_queue_reason - why a queue may not be given to a guest
 * @ctx: not used; makes this an apm_queue_state_fn
 * @apid: adapter, 0 to 255
 * @apqi: domain, 0 to 255
 *
 * Context: Any context. Takes no lock but RCU. The result is exact with vap.lock held;
 * without, it was true at some time during the call.
 * Return: APM_REASON_NONE if the queue may be given to a guest, else why not
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

/**
 * vap_queue_adapter_state - which queues of an adapter may be given to a guest
 * @ctx: not used; makes this an apm_adapter_state_fn
 * @apid: adapter, 0 to 255
 * @domains: not used: the result is for all domains
 * @ready: result: domains whose queues may be given to a guest
 * @pending: result: domains whose queues may be given soon (APM_REASON_RESET_PENDING)
 *
 * Context: Process context, vap.lock held.
 */
void vap_queue_adapter_state(void *ctx, unsigned int apid,
			     const struct apm_mask *domains,
			     struct apm_mask *ready, struct apm_mask *pending)
{
	lockdep_assert_held(&vap.lock);
	*ready = vap.ready[apid];
	*pending = vap.pending[apid];
}

/* for the PQAP hook */

/**
 * vap_queue_set_resetting - set whether PQAP(AQIC) is answered by "reset in progress"
 * @queue: the queue
 * @resetting: whether a reset is in progress
 *
 * Context: Process context. Takes queue->lock.
 */
void vap_queue_set_resetting(struct vap_queue *queue, bool resetting)
{
	spin_lock(&queue->lock);
	queue->resetting = resetting;
	spin_unlock(&queue->lock);
}

/**
 * vap_queue_suspect - check soon whether the AP bus has reinitialised a queue
 * @queue: the queue
 *
 * Context: Process context, also with queue->lock held. Does not sleep.
 */
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

/**
 * vap_queue_count_reset - let an mdev wait for the reset of a queue
 * @queue: the queue; nothing happens if it is not being reset or if another mdev waits
 * @waiter: the mdev; its nr_resets counts the reset until vap_queue_reset_settled()
 *
 * Context: Process context, vap.lock held.
 */
void vap_queue_count_reset(struct vap_queue *queue, struct vap_mdev *waiter)
{
	lockdep_assert_held(&vap.lock);
	if (!being_reset(queue) || queue->reset.waiter)
		return;
	queue->reset.waiter = waiter;
	atomic_inc(&waiter->nr_resets);
}

/**
 * vap_queue_reset_settled - end the wait for the reset of a queue
 * @queue: the queue; its reset is complete, failed, or was cancelled
 * @failed: count it in nr_failed of the mdev that waits
 *
 * Context: Process context, vap.lock held. Wakes vap.wait.
 */
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

/**
 * vap_queue_status_word - the text of the attribute "status" of a queue
 * @queue: the queue
 *
 * The words are those of the kernel's own vfio_ap.
 *
 * Context: Any context. Takes no lock: the text was true at some time during the call.
 * Return: "in use", "assigned" or "unassigned"
 */
const char *vap_queue_status_word(const struct vap_queue *queue)
{
	if (READ_ONCE(queue->guest))
		return "in use";
	return READ_ONCE(queue->mdev) ? "assigned" : "unassigned";
}
