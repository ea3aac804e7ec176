/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints, in tracefs below events/vfio_ap. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vfio_ap

#if !defined(VAP_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VAP_TRACE_H

#include <linux/tracepoint.h>

/* vap.lock was released: who released it, and how long it had been held. */
TRACE_EVENT(vap_lock_held,
	TP_PROTO(unsigned long ip, u64 ns),
	TP_ARGS(ip, ns),
	TP_STRUCT__entry(
		__field(unsigned long, ip)
		__field(u64, ns)
	),
	TP_fast_assign(
		__entry->ip = ip;
		__entry->ns = ns;
	),
	TP_printk("ns=%llu by=%pS", __entry->ns, (void *)__entry->ip)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH model
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
