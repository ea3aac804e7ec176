// SPDX-License-Identifier: GPL-2.0-only
/* The module's state. */
#include "model/model.h"

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
