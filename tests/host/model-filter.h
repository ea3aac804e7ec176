/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The filter of the documentation, id by id. It is not the module's code, which the tool has, too:
 * else the tool's predictions were compared with what made them.
 */
#ifndef MODEL_FILTER_H
#define MODEL_FILTER_H

#include <stddef.h>

#include "apm/apm.h"

/* What keeps a queue from guests, in the manual page's word; NULL if nothing does. */
typedef const char *model_queue(const void *ctx, unsigned int apid, unsigned int apqi);

/* What the guest of an mdev has. */
void model_filter(const struct apm_matrix *assigned, const struct apm_matrix *host,
		  model_queue *queue, const void *ctx, struct apm_matrix *guest);

/* The text that says why each other assigned APQN is missing in the guest; cut at size. */
void model_reasons(const struct apm_matrix *assigned, const struct apm_matrix *host,
		   model_queue *queue, const void *ctx, const struct apm_matrix *guest,
		   char *text, size_t size);

#endif
