/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: do the queues of a matrix differ in mode, type or master keys? A guest that
 * uses them as one pool needs them alike.
 */
#ifndef APM_LIKENESS_H
#define APM_LIKENESS_H

#include "core/model.h"
#include "lib/text.h"

/* The pattern of a queue's master keys, or NULL if it is unknown. */
typedef const char *(*master_keys_fn)(const void *ctx, unsigned int apid,
				      unsigned int apqi);

/*
 * Adds how they differ: "mode (0x05 cca, 0x06 ep11), type (...)". false if they
 * are alike as far as that is known; then nothing is added.
 */
bool likeness_differs(const struct apm_matrix *matrix, const struct card *cards,
		      master_keys_fn keys, const void *ctx, struct text *text);

#endif
