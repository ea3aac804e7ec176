// SPDX-License-Identifier: GPL-2.0-only
/*
 * Queue room: queue devices that are bound to us, and what is known of them.
 *
 * A queue can be found by its APQN between publish and withdraw. It is found
 * without locks by guests' interceptions, which hold a reference and look at
 * queue->guest under queue->lock; everybody else holds vap.lock.
 */
#include "model/model.h"
#include <linux/slab.h>

struct vap_queue *vap_queue_create(struct device *dev, unsigned int apqn)
{
	struct vap_queue *queue = kzalloc(sizeof(*queue), GFP_KERNEL);

	if (!queue)
		return NULL;
	kref_init(&queue->ref);
	queue->dev = dev;
	queue->apqn = apqn;
	queue->state = VAP_QUEUE_GONE;
	spin_lock_init(&queue->lock);
	INIT_LIST_HEAD(&queue->mdev_node);
	INIT_LIST_HEAD(&queue->reset.node);
	INIT_LIST_HEAD(&queue->reset.run_node);
	return queue;
}

static void queue_release(struct kref *ref)
{
	struct vap_queue *queue = container_of(ref, struct vap_queue, ref);

	WARN_ON_ONCE(queue->guest);
	kfree_rcu(queue, rcu);
}

void vap_queue_put(struct vap_queue *queue)
{
	kref_put(&queue->ref, queue_release);
}

int vap_queue_publish(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	return xa_insert(&vap.queues, queue->apqn, queue, GFP_KERNEL);
}

void vap_queue_withdraw(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	xa_erase(&vap.queues, queue->apqn);
}

/*
 * Every instruction is issued under queue->lock after a look at dead: once we
 * return, the AP bus may do with the queue what it likes.
 */
void vap_queue_kill(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	vap_reset_cancel(queue);
	spin_lock(&queue->lock);
	queue->dead = true;
	queue->dev = NULL;
	spin_unlock(&queue->lock);
}

struct vap_queue *vap_queue_find(unsigned int apqn)
{
	lockdep_assert_held(&vap.lock);
	return xa_load(&vap.queues, apqn);
}

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

enum apm_reason vap_queue_reason(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);

	if (queue->rebind)
		return APM_REASON_RESET_PENDING;
	switch (queue->state) {
	case VAP_QUEUE_CLEAN:
	case VAP_QUEUE_USED:
		return APM_REASON_NONE;
	case VAP_QUEUE_RESETTING:
		return queue->hold ? APM_REASON_NONE : APM_REASON_RESET_PENDING;
	case VAP_QUEUE_FAILED:
		return APM_REASON_RESET_FAILED;
	case VAP_QUEUE_DECONFIGURED:
		return APM_REASON_DECONFIGURED;
	case VAP_QUEUE_CHECKSTOPPED:
		return APM_REASON_CHECKSTOPPED;
	case VAP_QUEUE_GONE:
		break;
	}
	return APM_REASON_RESET_PENDING;
}

void vap_queue_plug(struct vap_queue *queue, struct vap_mdev *mdev)
{
	lockdep_assert_held(&vap.lock);

	queue->tainted = true;
	if (queue->state == VAP_QUEUE_CLEAN)
		queue->state = VAP_QUEUE_USED;
	spin_lock(&queue->lock);
	queue->guest = mdev;
	spin_unlock(&queue->lock);
}

void vap_queue_unplug(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	spin_lock(&queue->lock);
	queue->guest = NULL;
	spin_unlock(&queue->lock);
}

/* The words of mainline's status attribute; lock-free, each read is true. */
const char *vap_queue_status_word(struct vap_queue *queue)
{
	if (READ_ONCE(queue->guest))
		return "in use";
	return READ_ONCE(queue->mdev) ? "assigned" : "unassigned";
}
