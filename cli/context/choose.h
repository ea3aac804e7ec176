/* SPDX-License-Identifier: GPL-2.0-only */
/* --queues: adapters and domains are chosen by a wish. */
#ifndef APM_CHOOSE_H
#define APM_CHOOSE_H

#include "context/context.h"
#include "core/model.h"

/* --queues and the options that narrow it; false after an error. */
bool choose_check(struct apmatrix *apm);
/*
 * The chosen adapters and domains into apm->ids: of a new matrix (NULL), or those to
 * add to this one. Queues that guests can have come first; with --reserve, queues
 * of the host are chosen too, and the caller takes them. false after an error.
 */
bool choose_queues(struct apmatrix *apm, const struct matrix *matrix);

#endif
