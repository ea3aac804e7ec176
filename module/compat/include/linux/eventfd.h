/* SPDX-License-Identifier: GPL-2.0-only */
/* eventfd_signal() without a count. */
#ifndef VAP_COMPAT_LINUX_EVENTFD_H
#define VAP_COMPAT_LINUX_EVENTFD_H

#include_next <linux/eventfd.h>

#if !VAP_HAS_EVENTFD_SIGNAL_ONE_ARG
static inline void vap_eventfd_signal(struct eventfd_ctx *ctx)
{
	eventfd_signal(ctx, 1);
}

#define eventfd_signal(ctx)	vap_eventfd_signal(ctx)
#endif

#endif
