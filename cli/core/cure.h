/* SPDX-License-Identifier: GPL-2.0-only */
/* Pure: the one command that removes all that is in the way of a change, and its cost. */
#ifndef APM_CURE_H
#define APM_CURE_H

#include "core/model.h"
#include "lib/names.h"
#include "lib/text.h"

/* Matrices that hold queues which somebody else wants. */
struct cure {
	struct names holders;		/* UUIDs of matrices in the snapshot */
	struct apm_mask adapters;	/* of the queues that are wanted */
	struct apm_mask domains;
};

/* common: what a holder has of the wanted queues */
void cure_add(struct cure *cure, const char *uuid, const struct apm_matrix *common);
/*
 * "apmatrix unassign db1 -a 0x06 frees them; db1 loses 06.00ab": of adapters or
 * domains what costs fewer queues. No text if there is no holder.
 */
void cure_unassign(const struct cure *cure, const struct snapshot *snap,
		   struct text *hint);
void cure_free(struct cure *cure);

/* Queues of a matrix that are reserved for the host, and in the way of a change. */
struct reserved {
	const struct snapshot *snap;
	const struct apm_matrix *content;
	const struct apm_matrix *had;	/* what is in here is not in the way, or NULL */
	const struct snapshot *before;	/* nor what was reserved here already, or NULL */
	/* found: */
	struct apm_matrix ids;		/* their adapters and domains */
	unsigned int apid, apqi;	/* of the first */
};

/* Returns how many there are, and lists them. */
unsigned int reserved_find(struct reserved *reserved, struct text *queues);
/*
 * The command that gives what was found to guests, with the host's other queues
 * that it takes along. Needs the host's queues in the snapshot.
 */
void reserved_hint(const struct reserved *reserved, struct text *hint);

#endif
