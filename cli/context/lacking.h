/* SPDX-License-Identifier: GPL-2.0-only */
/* The queues that a guest lacks, with the reasons, in one phrase. */
#ifndef APM_LACKING_H
#define APM_LACKING_H

#include <stdint.h>

#include "context/context.h"
#include "core/model.h"

/* A list of single queues, which need not be a product. */
struct queue_list {
	struct {
		uint8_t apid;
		uint8_t apqi;
	} *at;
	size_t nr;
};

void queue_list_add(struct queue_list *list, unsigned int apid, unsigned int apqi);

/*
 * "05.00ac, 05.00ad (unbound); 06.0004 (no-queue-device)". Reads queues and the
 * kernel's reasons. now is the matrix as it is, read with its guest.
 */
void phrase_lacking(struct apmatrix *apm, struct matrix *now,
		    const struct queue_list *lacking, struct text *text);

#endif
