/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What KVM itself says about a guest's CRYCB: its s390dbf log has a record of
 * each change, written by kvm.ko alone.
 */
#ifndef PROPERTY_CRYCB_H
#define PROPERTY_CRYCB_H

#include <sys/types.h>

#include "apm/apm.h"

#define CRYCB_MAX_PUSHES 600

struct crycb {
	pid_t tid;			/* the thread that created the VM */
	struct apm_matrix now;		/* as of the last record */
	unsigned long pushes;		/* records of all masks, since the VM came */
	unsigned int seen;		/* of those in the log at present */
};

/* A VM was created by thread tid. */
void crycb_init(struct crycb *crycb, pid_t tid);

/*
 * Reads what is new; calls fn with each masks that were set, oldest first (all
 * zero for a clearing). 0, -EBADMSG for a record not understood, or -errno.
 */
int crycb_follow(struct crycb *crycb,
		 void (*fn)(void *ctx, const struct apm_matrix *masks), void *ctx);

/*
 * Empties the log when it has grown, so that it neither wraps nor takes long to
 * read. For quiescent points: a record made just now would be lost.
 */
int crycb_trim(struct crycb *crycb);

#endif
