/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: the differences of two snapshots of one host, as a list of events in a
 * fixed order: host, cards, queues, matrices. What is the same in both is no
 * event, however often it changed in between.
 */
#ifndef APM_EVENTS_H
#define APM_EVENTS_H

#include "core/model.h"

enum event_kind {
	EVENT_MODULE,		/* vfio_ap came or went: from, to */
	EVENT_MASK,		/* apmask or aqmask (field): from, to */
	EVENT_CARD_ADDED,	/* apid */
	EVENT_CARD_REMOVED,
	EVENT_CARD_CHANGED,	/* apid, field, from, to */
	EVENT_QUEUE_ADDED,	/* apid, apqi; to: its driver */
	EVENT_QUEUE_REMOVED,
	EVENT_QUEUE_DRIVER,	/* apid, apqi, from, to */
	EVENT_MATRIX_ADDED,
	EVENT_MATRIX_REMOVED,
	EVENT_ASSIGNED,		/* before, after */
	EVENT_GUEST,		/* before, after: what the guest has */
	EVENT_STATE,		/* from, to: idle or in-use */
	EVENT_QUEUE_MISSING,	/* apid, apqi; to: the reason */
	EVENT_QUEUE_RETURNED,	/* apid, apqi: a missing queue is in the guest now */
	EVENT_QUEUE_UNASSIGNED,	/* apid, apqi: taken away; from: missing or in-guest */
	EVENT_DEFINED,		/* to: auto or manual */
	EVENT_UNDEFINED,
	EVENT_DEFINITION,	/* before, after, or another start: from, to */
	EVENT_NAME,		/* from, to */
	EVENT_READY,		/* monitoring has begun; to: kernel or poll */
	EVENT_OVERRUN,		/* messages of the kernel were lost */
	EVENT_NR
};

struct event {
	enum event_kind kind;
	const struct matrix *matrix;	/* NULL: an event of the host */
	const struct apm_matrix *before;	/* or NULL */
	const struct apm_matrix *after;
	bool control_known;		/* before and after have control domains */
	int apid;			/* -1: none */
	int apqi;			/* -1: none */
	const char *field;		/* or NULL */
	const char *from;
	const char *to;
};

typedef void (*event_fn)(void *ctx, const struct event *event);

void events_between(const struct snapshot *old, const struct snapshot *now,
		    event_fn tell, void *ctx);
/* guest-changed and the like */
const char *event_word(enum event_kind kind);

#endif
