/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A request to a card, or its reply.
 */
#ifndef SIM_MSG_H
#define SIM_MSG_H

#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/types.h>

#define SIM_MAX_MSG	65536	/* bytes */

struct sim_msg {
	struct list_head list;
	u64 psmid;
	ktime_t due;		/* time at which the reply is ready */
	u32 owner;
	u32 len;
	u32 bufsize;
	u8 data[];
};

/* An empty message with space for @bufsize bytes, or NULL. Freed by kfree(). */
static inline struct sim_msg *sim_msg_alloc(u32 bufsize, gfp_t gfp)
{
	struct sim_msg *msg = kmalloc(sizeof(*msg) + bufsize, gfp);

	if (msg) {
		msg->bufsize = bufsize;
		msg->len = 0;
	}
	return msg;
}

#endif /* SIM_MSG_H */
