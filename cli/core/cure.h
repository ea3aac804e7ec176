/* SPDX-License-Identifier: GPL-2.0-only */
/* Pure: the one command that removes all that is in the way of a change, and its cost. */
#ifndef APM_CURE_H
#define APM_CURE_H

#include "core/model.h"
#include "lib/names.h"
#include "lib/text.h"

/* Matrices that hold queues which somebody else wants. */
struct cure {
	struct names holders;		/* UUIDs */
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

/*
 * The queues of content that are reserved for the host: which (into queues, how
 * many is returned), and the command that gives them to guests, with the host's
 * other queues that it takes along. Needs the host's queues in the snapshot.
 */
unsigned int cure_reserved(const struct snapshot *snap,
			   const struct apm_matrix *content, struct text *queues,
			   struct text *hint);

#endif
