/* SPDX-License-Identifier: GPL-2.0-only */
/* What one run has to say: changes, matrices to show, findings, errors. */
#ifndef APM_REPORT_H
#define APM_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "apm/apm.h"
#include "core/problem.h"
#include "lib/names.h"
#include "lib/parse.h"

/* One thing that changed (or would): IDs of a matrix, or a word. */
struct change {
	char uuid[UUID_LEN + 1];	/* "": the host's masks */
	const char *field;		/* adapters, active, start, apmask, ... */
	char *queue;			/* of driver and driver_override, or NULL */
	bool ids;			/* added and removed count, else from and to */
	struct apm_mask added;
	struct apm_mask removed;
	char *from;
	char *to;
};

/* What a guest got and lost, or a guest would have of a matrix that is not in use. */
struct guest_change {
	char uuid[UUID_LEN + 1];
	char *name;			/* of the guest, or NULL */
	bool named;			/* false: only the host's queues change */
	bool running;
	bool gone;			/* the matrix is not active any more */
	struct apm_matrix before;
	struct apm_matrix after;
};

struct report {
	bool changed;
	bool dry_run;
	bool rolled_back;
	bool partial;			/* partly done */
	struct change *changes;
	size_t nr_changes;
	struct guest_change *guests;
	size_t nr_guests;
	char (*shown)[UUID_LEN + 1];	/* the matrices to show, by uuid */
	size_t nr_shown;
	struct names random;		/* UUIDs that were chosen in this run */
	bool queues;			/* with the queues */
	bool host;			/* with the host's profile */
	char *host_gets;		/* queues that guests could have before, or NULL */
	char *guests_can_have;		/* queues that the host had before, or NULL */
	char *unconfirmed;		/* seconds for the confirmation, or NULL */
	char *plan;			/* ID of a plan, or NULL */
	struct problems findings;	/* of check and doctor */
	struct problems warnings;
	struct problems errors;
	bool different;			/* --exit-code applies */
};

void report_show(struct report *report, const char *uuid);
struct change *report_change(struct report *report, const char *uuid,
			     const char *field);
struct guest_change *report_guest_change(struct report *report, const char *uuid);
/* Drops the changes and guests from these numbers on: they were undone. */
void report_drop_changes(struct report *report, size_t number, size_t guests);
void report_free(struct report *report);

#endif
