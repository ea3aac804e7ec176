/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The host in the format of OpenMetrics. Only gauges and counters, so that the
 * older text format of Prometheus, which node_exporter reads, has the same lines.
 */
#ifndef APM_METRICS_H
#define APM_METRICS_H

#include <stdio.h>

#include "core/model.h"

/*
 * Needs all queues, and the reasons of each matrix that lacks some. counts may be
 * NULL. What is unknown has no line.
 */
void render_metrics(const struct snapshot *snap, const struct reset_counts *counts,
		    FILE *out);

#endif
