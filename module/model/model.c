// SPDX-License-Identifier: GPL-2.0-only
/* The module's state and its lock. */
#include <linux/ktime.h>
#include <linux/sched.h>
#include "model/model.h"

#define CREATE_TRACE_POINTS
#include "model/trace.h"

struct vap vap;

/**
 * vap_model_init - initialise the state of the module
 *
 * Context: Module init, before any other function of the module.
 */
void vap_model_init(void)
{
	mutex_init(&vap.lock);
	INIT_LIST_HEAD(&vap.mdevs);
	INIT_LIST_HEAD(&vap.marked);
	xa_init(&vap.queues);
	atomic_set(&vap.nr_queues, 0);
	init_waitqueue_head(&vap.wait);
	vap.rebinding = -1;
}

/**
 * vap_model_exit - free the state of the module
 *
 * A queue that is still there leaks: somebody has kept a reference.
 *
 * Context: Module exit or failed init; no queue and no mdev exists, and no work of the module runs.
 */
void vap_model_exit(void)
{
	int left = atomic_read(&vap.nr_queues);

	WARN_ON_ONCE(!xa_empty(&vap.queues));
	WARN_ONCE(left, "vfio_ap: %d queues were not freed\n", left);
	xa_destroy(&vap.queues);
}

/**
 * vap_lock - take vap.lock
 *
 * The top of model.h says what may be held before and what may be done under it.
 *
 * Context: Process context. May sleep.
 */
void vap_lock(void)
{
	mutex_lock(&vap.lock);
	vap.locked_at = 0;
	if (!trace_vap_lock_held_enabled())
		return;
	vap.locked_nivcsw = current->nivcsw;
	vap.locked_nvcsw = current->nvcsw;
	vap.locked_at = ktime_get_ns();
}

/**
 * vap_unlock - release vap.lock
 *
 * The tracepoint vap_lock_held reports for how long it was held. A preemptible kernel may run
 * other tasks meanwhile, so it also reports how often the holder was preempted, and how often it
 * slept, which is not allowed.
 *
 * Context: Process context, vap.lock held.
 */
void vap_unlock(void)
{
	unsigned long preempted = current->nivcsw - vap.locked_nivcsw;
	unsigned long slept = current->nvcsw - vap.locked_nvcsw;
	u64 held = vap.locked_at ? ktime_get_ns() - vap.locked_at : 0;

	mutex_unlock(&vap.lock);
	if (held)
		trace_vap_lock_held(_RET_IP_, held, preempted, slept);
}
