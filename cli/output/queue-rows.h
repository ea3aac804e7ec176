/* SPDX-License-Identifier: GPL-2.0-only */
/* The queues that were asked for (--free, --unbound, --of), for table and JSON. */
#ifndef APM_QUEUE_ROWS_H
#define APM_QUEUE_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "core/queue-view.h"

struct apmatrix;

struct queue_rows {
	const struct apmatrix *apm;
	struct queue_view view;
	uint16_t *apqns;
	size_t nr;
};

/* Needs all queues in the snapshot. */
void queue_rows_begin(struct queue_rows *rows, const struct apmatrix *apm);
void queue_rows_end(struct queue_rows *rows);

/* "deconfigured" or "checkstopped", or NULL */
const char *card_trouble(const struct card *card);

#endif
