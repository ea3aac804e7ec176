// SPDX-License-Identifier: GPL-2.0-only
/* The module's state and its lock. */
#include <linux/ktime.h>
#include "model/model.h"

#define CREATE_TRACE_POINTS
#include "model/trace.h"

struct vap vap;

/* Before anything else is initialised. */
void vap_model_init(void)
{
	mutex_init(&vap.lock);
	INIT_LIST_HEAD(&vap.mdevs);
	INIT_LIST_HEAD(&vap.marked);
	xa_init(&vap.queues);
	init_waitqueue_head(&vap.wait);
	vap.rebinding = -1;
}

/* No queue and no mdev is left. */
void vap_model_exit(void)
{
	xa_destroy(&vap.queues);
}

/* Take vap.lock; see the top of model.h for what may be held, and done under it. */
void vap_lock(void)
{
	mutex_lock(&vap.lock);
	vap.locked_at = trace_vap_lock_held_enabled() ? ktime_get_ns() : 0;
}

/* Release it; the tracepoint vap_lock_held tells for how long it was held. */
void vap_unlock(void)
{
	u64 held = vap.locked_at ? ktime_get_ns() - vap.locked_at : 0;

	mutex_unlock(&vap.lock);
	if (held)
		trace_vap_lock_held(_RET_IP_, held);
}
