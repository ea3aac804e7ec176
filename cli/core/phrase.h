/* SPDX-License-Identifier: GPL-2.0-only */
/* Pure: IDs and queues in messages, in one form. */
#ifndef APM_PHRASE_H
#define APM_PHRASE_H

#include "apm/apm.h"
#include "lib/text.h"

/* "adapters", "domains", "control_domains" as in JSON; "adapter" in prose */
const char *dim_key(enum apm_dim dim);
const char *dim_word(enum apm_dim dim);

/* " and 7 more", or nothing for 0 */
void phrase_more(struct text *text, unsigned int more);
/* The first of nr queues: "05.0004", "05.0004 and 7 more" */
void phrase_queues(struct text *text, unsigned int apid, unsigned int apqi,
		   unsigned int nr);
/* A list of queues, which names this many: "05.0004, 05.0047 and 7 more" */
#define PHRASE_LISTED_MAX	8
/* One more, the nr-th, which is counted. Without a text it is only counted. */
void phrase_listed(struct text *text, unsigned int *nr, unsigned int apid,
		   unsigned int apqi);
/* The end of the list: how many were not named. */
void phrase_listed_end(struct text *text, unsigned int nr);
/* The queues of one matrix that are not in the other one, as such a list; how many. */
unsigned int phrase_without(struct text *text, const struct apm_matrix *matrix,
			    const struct apm_matrix *other);
/* All queues of a matrix as such a list. */
void phrase_all_apqns(struct text *text, const struct apm_matrix *matrix);
/* The first of a matrix that is not empty, and how many more. */
void phrase_apqns(struct text *text, const struct apm_matrix *matrix);
/*
 * "adapter 0x2a (42) is greater than the highest of this host, 0x0f (15)", for
 * the first such ID; false and no text if there is none in this dimension.
 */
bool phrase_beyond(struct text *text, const struct apm_limits *limits,
		   const struct apm_matrix *matrix, enum apm_dim dim);
/*
 * Ids as they are printed everywhere, and can be typed again: "0x05,0x07-0x0a",
 * "-" if there is none.
 */
void phrase_ids(struct text *text, const struct apm_mask *mask);
/*
 * "adapters 0x05,0x07", after the separator if there is text before it; false and
 * no text if the mask is empty.
 */
bool phrase_some(struct text *text, const char *separator, const char *what,
		 const struct apm_mask *mask);

#endif
