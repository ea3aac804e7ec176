/* SPDX-License-Identifier: GPL-2.0-only */
/* What a change changes, for the report: words and IDs, and the queues of guests. */
#ifndef APM_CHANGES_H
#define APM_CHANGES_H

#include "context/context.h"
#include "core/targets.h"

/* The difference of a target, or of the host's part, to the snapshot. */
void changes_of_target(struct apmatrix *apm, const struct target *target);
void changes_of_host(struct apmatrix *apm, const struct targets *targets);

/* The guest matrices of the targets: as read, or as predicted. */
struct guests {
	struct apm_matrix *at;
	bool *known;
	bool *running;		/* a guest uses the matrix */
};

/* The guests before a change: of its targets, and of the other active matrices. */
struct guest_changes {
	struct guests before;
	struct guests others_before;
	struct targets others;
};

/* Before the change. Reads the queues of the other matrices if the host's change. */
void guest_changes_begin(struct guest_changes *changes, struct apmatrix *apm,
			 const struct targets *targets);
/*
 * After it, with the new snapshot, or in a preview with the old one: reports what
 * guests get and lose, or would.
 */
void guest_changes_end(struct guest_changes *changes, struct apmatrix *apm,
		       const struct targets *targets);

#endif
