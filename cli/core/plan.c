// SPDX-License-Identifier: GPL-2.0-only
/* Pure: from targets to ordered steps. See plan.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/plan.h"
#include "lib/text.h"

/* the host afterwards */

static void queue_after(struct snapshot *after, const struct snapshot *snap,
			unsigned int apid, unsigned int apqi)
{
	struct queue *queue = snapshot_queue(after, apid, apqi);
	bool before = host_reserves(snap, apid, apqi);
	/* no queue has a driver override: this kernel takes either them or masks */
	bool reserved = apm_mask_test(&after->host.apmask, apid) &&
			apm_mask_test(&after->host.aqmask, apqi);

	if (!queue->present || before == reserved)
		return;
	/* any driver of the host */
	queue->driver = reserved ? DRIVERS_MAX - 1 : DRIVER_VFIO_AP;
}

struct snapshot *plan_snapshot_after(const struct snapshot *snap,
				     const struct host_target *host)
{
	struct snapshot *after = xnew(struct snapshot);
	unsigned int apid, apqi;
	size_t i;

	*after = *snap;
	if (host->touch_masks) {
		after->host.apmask = host->apmask;
		after->host.aqmask = host->aqmask;
	}
	if (!snap->queues)
		return after;
	after->queues = xcalloc(APM_MATRIX_APQNS, sizeof(*after->queues));
	memcpy(after->queues, snap->queues,
	       APM_MATRIX_APQNS * sizeof(*after->queues));
	for (i = 0; i < host->nr_overrides; i++) {
		const struct override *override = &host->overrides[i];
		struct queue *queue = snapshot_queue(after, override->apid,
						     override->apqi);

		queue->driver = override->reserve && !*override->other ?
				DRIVER_VFIO_AP : DRIVERS_MAX - 1;
		after->host.overrides += (unsigned int)override->reserve -
					 (unsigned int)queue->override;
		queue->override = override->reserve;
		queue->foreign = override->reserve && *override->other;
	}
	for (i = 0; i < host->nr_binds; i++)
		snapshot_queue(after, host->binds[i].apid,
			       host->binds[i].apqi)->driver =
			host->binds[i].reserve ? DRIVER_VFIO_AP : DRIVER_NONE;
	for (apid = 0; host->touch_masks && apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++)
			queue_after(after, snap, apid, apqi);
	}
	return after;
}

void plan_snapshot_after_free(struct snapshot *after)
{
	free(after->queues);
	free(after);
}

/* make */

static struct step *add_step(struct plan *plan, enum step_kind kind,
			     const char *uuid)
{
	struct step *step;

	if (!(plan->nr & (plan->nr - 1)))
		plan->steps = xrealloc(plan->steps, plan->nr ? 2 * plan->nr : 1,
				       sizeof(*plan->steps));
	step = &plan->steps[plan->nr++];
	memset(step, 0, sizeof(*step));
	step->kind = kind;
	memcpy(step->uuid, uuid, strlen(uuid));
	return step;
}

/* One ID of the assigned matrix. */
static void add_single_step(struct plan *plan, enum step_kind kind,
			    const char *uuid, enum apm_dim dim, unsigned int id,
			    struct apm_matrix *now)
{
	struct step *step = add_step(plan, kind, uuid);

	step->dim = dim;
	step->id = id;
	step->from = *now;
	if (kind == STEP_ASSIGN)
		apm_mask_set(&now->dim[dim], id);
	else
		apm_mask_clear(&now->dim[dim], id);
	step->to = *now;
}

/*
 * One ID at a time, removals before additions: every intermediate matrix is part
 * of the old one or of the new one.
 */
static void add_single_steps(struct plan *plan, const char *uuid,
			     const struct apm_matrix *from,
			     const struct apm_matrix *to)
{
	struct apm_matrix now = *from;
	struct apm_matrix_diff diff;
	unsigned int dim, id;

	apm_matrix_diff(from, to, &diff);
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		apm_mask_for_each(id, &diff.removed.dim[dim])
			add_single_step(plan, STEP_UNASSIGN, uuid, dim, id, &now);
	}
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		apm_mask_for_each(id, &diff.added.dim[dim])
			add_single_step(plan, STEP_ASSIGN, uuid, dim, id, &now);
	}
}

static bool kernel_has_config(const struct snapshot *snap,
			      const struct matrix *matrix)
{
	return matrix && matrix->active ? matrix->has_config :
					  snap->host.features.ap_config;
}

static void add_content_steps(const struct snapshot *snap, struct plan *plan,
			      const char *uuid, const struct apm_matrix *from,
			      const struct apm_matrix *to, bool refresh)
{
	const struct matrix *matrix = snapshot_find(snap, uuid);
	struct step *step;

	if (apm_matrix_equal(from, to) && !refresh)
		return;
	if (!kernel_has_config(snap, matrix)) {
		add_single_steps(plan, uuid, from, to);
		return;
	}
	step = add_step(plan, STEP_CONFIG, uuid);
	step->from = *from;
	step->to = *to;
}

/* What a matrix has assigned at this point of the plan. */
struct progress {
	const struct target *target;
	struct apm_matrix now;
	bool done;
};

/* Does growing to the target conflict with what another matrix still has? */
static bool must_wait(const struct progress *progress, size_t nr, size_t self)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (i != self && !progress[i].done &&
		    apm_matrix_shares(&progress[self].target->assigned,
				     &progress[i].now, NULL))
			return true;
	}
	return false;
}

/* false if no matrix has anything left to give up */
static bool shrink_one(const struct snapshot *snap, struct plan *plan,
		       struct progress *progress, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		struct apm_matrix kept;

		if (progress[i].done)
			continue;
		apm_matrix_and(&kept, &progress[i].now, &progress[i].target->assigned);
		if (apm_matrix_equal(&kept, &progress[i].now))
			continue;
		add_content_steps(snap, plan, progress[i].target->uuid,
				  &progress[i].now, &kept, false);
		progress[i].now = kept;
		return true;
	}
	return false;
}

/*
 * Contents of several matrices: each is written once, after those whose queues
 * it takes. Only if they form a cycle, one of them first gives up its part.
 */
static void plan_contents(const struct snapshot *snap,
			  const struct targets *targets, struct plan *plan)
{
	struct progress *progress = xcalloc(targets->nr, sizeof(*progress));
	bool stuck = false;	/* the targets conflict: let the kernel refuse */
	size_t i, nr = 0, left, before;

	for (i = 0; i < targets->nr; i++) {
		const struct target *target = &targets->at[i];
		const struct matrix *matrix = snapshot_find(snap, target->uuid);

		if (!target->active)
			continue;
		progress[nr].target = target;
		if (matrix && matrix->active)
			progress[nr].now = matrix->assigned;
		nr++;
	}
	for (left = nr; left;) {
		before = left;
		for (i = 0; i < nr; i++) {
			if (progress[i].done ||
			    (!stuck && must_wait(progress, nr, i)))
				continue;
			add_content_steps(snap, plan, progress[i].target->uuid,
					  &progress[i].now,
					  &progress[i].target->assigned,
					  progress[i].target->refresh);
			progress[i].now = progress[i].target->assigned;
			progress[i].done = true;
			left--;
		}
		if (left == before)
			stuck = !shrink_one(snap, plan, progress, nr);
	}
	free(progress);
}

static void add_mask_step(struct plan *plan, enum apm_dim dim,
			  struct apm_mask *now, const struct apm_mask *next)
{
	struct step *step;

	if (apm_mask_equal(now, next))
		return;
	step = add_step(plan, STEP_MASK, "");
	step->dim = dim;
	step->from.dim[dim] = *now;
	step->to.dim[dim] = *next;
	*now = *next;
}

static void add_queue_steps(struct plan *plan, enum step_kind kind,
			    const struct override *list, size_t nr, bool reserve)
{
	struct step *step;
	size_t i;

	for (i = 0; i < nr; i++) {
		if (list[i].reserve != reserve)
			continue;
		step = add_step(plan, kind, "");
		step->id = list[i].apid;
		step->domain = list[i].apqi;
		step->reserve = reserve;
		step->other = list[i].other;
	}
}

/* The host gives up queues before the matrices are written, and takes queues after. */
static void add_host_steps(struct plan *plan, const struct host_target *host,
			   struct apm_mask *apmask, struct apm_mask *aqmask,
			   bool reserve)
{
	struct apm_mask ap = host->apmask, aq = host->aqmask;

	add_queue_steps(plan, STEP_OVERRIDE, host->overrides, host->nr_overrides,
			reserve);
	if (host->touch_masks) {
		if (reserve) {
			apm_mask_and(&ap, &ap, apmask);
			apm_mask_and(&aq, &aq, aqmask);
		}
		add_mask_step(plan, APM_DIM_ADAPTER, apmask, &ap);
		add_mask_step(plan, APM_DIM_DOMAIN, aqmask, &aq);
	}
	add_queue_steps(plan, STEP_BIND, host->binds, host->nr_binds, reserve);
}

void plan_make(const struct snapshot *snap, const struct targets *targets,
	       struct plan *plan)
{
	struct apm_mask apmask = snap->host.apmask, aqmask = snap->host.aqmask;
	const struct matrix *matrix;
	struct step *step;
	size_t i;

	/* removals free queues; new matrices must exist */
	for (i = 0; i < targets->nr; i++) {
		matrix = snapshot_find(snap, targets->at[i].uuid);
		if (targets->at[i].active || !matrix || !matrix->active)
			continue;
		step = add_step(plan, STEP_REMOVE, matrix->uuid);
		step->from = matrix->assigned;
	}
	add_host_steps(plan, &targets->host, &apmask, &aqmask, true);
	for (i = 0; i < targets->nr; i++) {
		matrix = snapshot_find(snap, targets->at[i].uuid);
		if (targets->at[i].active && !(matrix && matrix->active))
			add_step(plan, STEP_CREATE, targets->at[i].uuid);
	}
	plan_contents(snap, targets, plan);
	add_host_steps(plan, &targets->host, &apmask, &aqmask, false);
}

void plan_free(struct plan *plan)
{
	free(plan->steps);
	*plan = (struct plan){ 0 };
}

struct step step_inverse(const struct step *step)
{
	static const enum step_kind inverse_kind[] = {
		[STEP_CREATE] = STEP_REMOVE,
		[STEP_CONFIG] = STEP_CONFIG,
		[STEP_ASSIGN] = STEP_UNASSIGN,
		[STEP_UNASSIGN] = STEP_ASSIGN,
		[STEP_REMOVE] = STEP_CREATE,
		[STEP_MASK] = STEP_MASK,
		[STEP_OVERRIDE] = STEP_OVERRIDE,
		[STEP_BIND] = STEP_BIND,
	};
	struct step inverse = *step;

	inverse.kind = inverse_kind[step->kind];
	inverse.from = step->to;
	inverse.to = step->from;
	inverse.reserve = !step->reserve;
	return inverse;
}
