/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure room: from a snapshot and what is wanted to ordered steps, and what
 * speaks against them. Opens no file, changes nothing.
 *
 * plan_check() predicts with the kernel's own filter; the kernel has the last
 * word all the same, and apply.c undoes what it has done if it is refused.
 */
#ifndef APM_PLAN_H
#define APM_PLAN_H

#include "core/model.h"
#include "core/problem.h"

/* What one matrix should become. */
struct target {
	char uuid[UUID_LEN + 1];
	bool active;			/* should be there */
	struct apm_matrix assigned;	/* if active */
	bool refresh;			/* write even what is so already */

	bool touch_definition;		/* else the disk is left alone */
	enum start_mode start;		/* START_NONE: no definition */
	struct apm_matrix definition;

	bool touch_name;		/* name, owner and comment, too */
	bool transient_name;
	char *name;
	char *owner;
	char *comment;
};

/* One queue whose driver override is set for vfio_ap, or cleared. */
struct override {
	uint8_t apid;
	uint8_t apqi;
	bool reserve;
};

/* The masks at the next boot, as a udev rule has them. */
struct pool_rule {
	bool has_apmask;
	bool has_aqmask;
	struct apm_mask apmask;
	struct apm_mask aqmask;
};

/* What the host should keep for its own drivers. */
struct host_target {
	bool touch_masks;
	struct apm_mask apmask;
	struct apm_mask aqmask;
	struct override *overrides;
	size_t nr_overrides;
	/* queues that no driver has although the masks leave them to vfio_ap */
	struct override *binds;
	size_t nr_binds;
	bool touch_rule;		/* else the udev rule is left alone */
	struct pool_rule rule;
};

struct targets {
	struct target *at;
	size_t nr;
	struct host_target host;
};

/* The target of a matrix; if there is none yet, one that leaves it as it is. */
struct target *targets_add(struct targets *targets, const struct matrix *matrix);
/* A target for a matrix that does not exist yet. */
struct target *targets_add_new(struct targets *targets, const char *uuid);
/*
 * A target that takes a matrix away, its name with it; and its definition, if
 * it is not to be kept.
 */
struct target *targets_remove(struct targets *targets,
			      const struct matrix *matrix, bool keep_definition);
void target_set_name(struct target *target, const char *name,
		     const char *owner, const char *comment, bool transient);
/* One more target, from others that are then empty in its place. */
void targets_take(struct targets *targets, struct target *target);
/* The last one is none any more. */
void targets_drop_last(struct targets *targets);
/* NULL if the matrix is no target. */
const struct target *targets_find(const struct targets *targets, const char *uuid);
/* How messages call a matrix: the name it has or will have, else its uuid. */
const char *targets_title(const struct targets *targets,
			  const struct snapshot *snap, const char *uuid);
void targets_free(struct targets *targets);
void host_target_free(struct host_target *host);
/* Does it want nothing? */
bool host_target_empty(const struct host_target *host);

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
 * Everything that speaks against the targets: ids beyond the host's limits,
 * queues of other matrices or of the host, loss for a running guest. Needs the
 * queues of what is assigned and wanted in the snapshot. verb opens messages.
 */
void plan_check(const struct snapshot *snap, const struct targets *targets,
		const struct plan_rules *rules, const char *verb,
		struct problems *errors, struct problems *warnings);

/*
 * The steps, in an order in which no step needs what a later one sets free,
 * with as few writes as the kernel allows.
 */
void plan_make(const struct snapshot *snap, const struct targets *targets,
	       struct plan *plan);
void plan_free(struct plan *plan);

/*
 * Takes the targets apart into what does not need each other: together stay
 * those that take a queue, a name or a place among what starts at boot from one
 * another. The first part is the host's, maybe empty, with those that have to
 * give something to it; the others follow in the order of their first targets.
 * Returns how many there are, each for targets_free(); targets is empty then.
 */
size_t plan_split(const struct snapshot *snap, struct targets *targets,
		  struct targets **parts);

/* The step that undoes a step. */
struct step step_inverse(const struct step *step);

/*
 * The machine once the host's part of the targets is done: a copy in which
 * queues have the drivers they will have. Nothing but the host, the queues and
 * the matrices of it may be used, and only as long as snap.
 */
struct snapshot *plan_snapshot_after(const struct snapshot *snap,
				     const struct host_target *host);
void plan_snapshot_after_free(struct snapshot *after);

/* One more queue for a list of overrides or binds. */
void overrides_add(struct override **list, size_t *nr, unsigned int apid,
		   unsigned int apqi, bool reserve);

#endif
