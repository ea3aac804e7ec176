/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: from a snapshot and targets to ordered steps, and the checks before them.
 *
 * plan_check() predicts with the kernel's own filter. The kernel decides; apply.c
 * undoes the steps before one that is refused.
 */
#ifndef APM_PLAN_H
#define APM_PLAN_H

#include "core/problem.h"
#include "core/targets.h"

enum step_kind {
	STEP_CREATE,
	STEP_CONFIG,		/* all three masks in one write */
	STEP_ASSIGN,		/* one id */
	STEP_UNASSIGN,
	STEP_REMOVE,
	STEP_MASK,		/* apmask or aqmask (dim), in from and to */
	STEP_OVERRIDE,		/* of queue id.domain, set or cleared (reserve) */
	STEP_BIND,		/* queue id.domain to vfio_ap, or from it */
};

struct step {
	enum step_kind kind;
	char uuid[UUID_LEN + 1];	/* "" for steps of the host */
	enum apm_dim dim;
	unsigned int id;
	unsigned int domain;
	bool reserve;
	const char *other;	/* of an override: its driver if it is not vfio_ap, or "" */
	struct apm_matrix from;	/* assigned before and after, of this matrix */
	struct apm_matrix to;
};

struct plan {
	struct step *steps;
	size_t nr;
};

struct plan_rules {
	bool allow_loss;	/* a running guest may lose queues */
	bool force;		/* a matrix in use may be removed */
};

/*
 * Reports everything that is wrong with the targets: IDs beyond the host's limits,
 * queues of other matrices or of the host, loss for a running guest. The snapshot
 * needs the queues of the assigned and the wanted matrices. verb begins messages.
 */
void plan_check(const struct snapshot *snap, const struct targets *targets,
		const struct plan_rules *rules, const char *verb,
		struct problems *errors, struct problems *warnings);

/*
 * The steps, ordered so that none needs what a later one frees, with as few
 * writes as the kernel allows.
 */
void plan_make(const struct snapshot *snap, const struct targets *targets,
	       struct plan *plan);
void plan_free(struct plan *plan);

/*
 * Splits the targets into parts that do not depend on each other. Targets that
 * take a queue or a name from one another, or exclude each other at boot, stay
 * together. The first part is the host's, maybe empty, with the targets that
 * return queues to it; the others follow in the order of their first targets.
 * Returns the number of parts, each for targets_free(); targets is empty then.
 */
size_t plan_split(const struct snapshot *snap, struct targets *targets,
		  struct targets **parts);

/* The step that undoes a step. */
struct step step_inverse(const struct step *step);

/*
 * The machine after the host's part of the targets: a copy in which queues have
 * their new drivers. Only its host, queues and matrices may be used, and only as
 * long as snap.
 */
struct snapshot *plan_snapshot_after(const struct snapshot *snap,
				     const struct host_target *host);
void plan_snapshot_after_free(struct snapshot *after);

#endif
