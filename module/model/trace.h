/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints, in tracefs below events/vfio_ap. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vfio_ap

#if !defined(VAP_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VAP_TRACE_H

#include <linux/tracepoint.h>

/*
 * vap.lock was released: who released it, how long it had been held, and how often its holder
 * was preempted and slept meanwhile.
 */
TRACE_EVENT(vap_lock_held,
	TP_PROTO(unsigned long ip, u64 ns, unsigned long preempted, unsigned long slept),
	TP_ARGS(ip, ns, preempted, slept),
	TP_STRUCT__entry(
		__field(unsigned long, ip)
		__field(u64, ns)
		__field(unsigned long, preempted)
		__field(unsigned long, slept)
	),
	TP_fast_assign(
		__entry->ip = ip;
		__entry->ns = ns;
		__entry->preempted = preempted;
		__entry->slept = slept;
	),
	TP_printk("ns=%llu preempted=%lu slept=%lu by=%pS", __entry->ns, __entry->preempted,
		  __entry->slept, (void *)__entry->ip)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH model
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
