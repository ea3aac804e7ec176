/* SPDX-License-Identifier: GPL-2.0-only */
/* Pure room: what messages call ids and queues, so that all of them do alike. */
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
/* The same of the queues of a matrix, which has some. */
void phrase_apqns(struct text *text, const struct apm_matrix *matrix);
/*
 * "adapter 0x2a (42) is beyond this host's highest, 0x0f (15)", of the first
 * that is; false and nothing if none of this dimension is.
 */
bool phrase_beyond(struct text *text, const struct apm_limits *limits,
		   const struct apm_matrix *matrix, enum apm_dim dim);
/*
 * Ids as they are printed everywhere, and can be typed again: "0x05,0x07-0x0a",
 * "-" if there is none.
 */
void phrase_ids(struct text *text, const struct apm_mask *mask);

#endif
