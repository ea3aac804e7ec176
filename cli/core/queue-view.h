/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: the machine by queues, with the user and the state of each, for queues,
 * grid and the SVG picture.
 */
#ifndef APM_QUEUE_VIEW_H
#define APM_QUEUE_VIEW_H

#include "core/model.h"

enum queue_status {
	QUEUE_ABSENT,		/* does not exist and is not assigned */
	QUEUE_HOST,		/* bound to a driver of the host */
	QUEUE_UNBOUND,		/* no driver has it */
	QUEUE_FREE,		/* bound to vfio_ap, in no matrix */
	QUEUE_ASSIGNED,		/* in a matrix whose guest could have it */
	QUEUE_IN_GUEST,		/* a running guest has it */
	QUEUE_MISSING,		/* in a matrix, not in its guest */
	QUEUE_STATUS_NR
};

const char *queue_status_word(enum queue_status status);

struct queue_view {
	const struct snapshot *snap;
	struct apm_mask adapters;	/* rows that have anything to show */
	struct apm_mask domains;
	uint32_t *owner;		/* per APQN: matrix number + 1, 0: none */
	struct explainer **explainers;	/* per matrix, made when asked for */
};

/* Needs all queues in the snapshot. */
void queue_view_begin(struct queue_view *view, const struct snapshot *snap);
void queue_view_end(struct queue_view *view);

/* The matrix that has it assigned, or NULL. */
const struct matrix *queue_owner(const struct queue_view *view,
				 unsigned int apid, unsigned int apqi);
enum queue_status queue_status(const struct queue_view *view,
			       unsigned int apid, unsigned int apqi);
/* Why it is missing; only for QUEUE_MISSING. */
struct verdict queue_verdict(const struct queue_view *view, unsigned int apid,
			     unsigned int apqi);
/* The driver's name, or NULL. */
const char *queue_driver(const struct queue_view *view, unsigned int apid,
			 unsigned int apqi);
/* How many queues have each status. Needs all queues in the snapshot. */
void queue_status_count(const struct snapshot *snap, unsigned int counts[QUEUE_STATUS_NR]);

#endif
