// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pure: checks of targets: limits, queues and names of other matrices,
 * definitions, running guests. See plan_check() in plan.h.
 */
#include <errno.h>

#include "core/cure.h"
#include "core/phrase.h"
#include "core/plan.h"

struct check {
	const struct snapshot *snap;	/* after the host's part of the change */
	const struct snapshot *before;
	const struct targets *targets;
	const struct plan_rules *rules;
	const char *verb;
	struct problems *errors;
	struct problems *warnings;
};

static const char *title(const struct check *check, const struct target *target)
{
	return targets_title(check->targets, check->snap, target->uuid);
}

static bool check_limits(const struct check *check, const struct target *target,
			 const struct apm_matrix *wanted)
{
	struct text what = { 0 };
	bool within = true;
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (!phrase_beyond(&what, &check->snap->host.limits, wanted, dim))
			continue;
		problem_matrix(problem_add(check->errors, EXIT_CODE_NOT_FOUND,
					   ENODEV, "%s %s: %s", check->verb,
					   title(check, target), text_str(&what)),
			       target->uuid);
		text_free(&what);
		within = false;
	}
	return within;
}

/* Reports a queue of a target that is, or will be, in another matrix. */
static bool check_shared(const struct check *check, const struct target *target,
			 const struct apm_matrix *other, const char *holder_uuid,
			 const char *holder, struct apm_matrix *common)
{
	struct text queues = { 0 };
	struct problem *problem;

	if (!apm_matrix_shares(&target->assigned, other, common))
		return false;
	phrase_all_apqns(&queues, common);
	problem = problem_add(check->errors, EXIT_CODE_CONFLICT, EADDRINUSE,
			      "%s %s: %s: already assigned to %s%s%s%s",
			      check->verb, title(check, target),
			      text_str(&queues), holder_uuid,
			      holder ? " (" : "", holder ? holder : "",
			      holder ? ")" : "");
	problem_matrix(problem, target->uuid);
	problem_first_apqn(problem, common);
	problem_holder(problem, holder_uuid);
	text_free(&queues);
	return true;
}

/* What frees the queues of all holders, once, with the last error. */
static void hint_unassign(const struct check *check, struct cure *cure)
{
	struct text hint = { 0 };

	cure_unassign(cure, check->snap, &hint);
	if (hint.len)
		problem_hint(&check->errors->at[check->errors->nr - 1], "%s", hint.at);
	text_free(&hint);
	cure_free(cure);
}

/* Does the target assign more? What is already assigned, the kernel has accepted. */
static bool gains_ids(const struct check *check, const struct target *target)
{
	const struct matrix *matrix = snapshot_find(check->snap, target->uuid);
	static const struct apm_matrix none;
	struct apm_matrix_diff diff;

	apm_matrix_diff(matrix && matrix->active ? &matrix->assigned : &none,
		       &target->assigned, &diff);
	return !apm_matrix_empty(&diff.added);
}

/* Two matrices may not share an APQN, counting what the others will be. */
static void check_sharing(const struct check *check, const struct target *target)
{
	const struct snapshot *snap = check->snap;
	bool gains = gains_ids(check, target);
	struct apm_matrix common;
	struct cure cure = { 0 };
	size_t i;

	for (i = 0; i < snap->nr_matrices && gains; i++) {
		const struct matrix *other = &snap->matrices[i];
		const struct target *changed =
			targets_find(check->targets, other->uuid);

		if (str_is(other->uuid, target->uuid) || changed)
			continue;
		if (other->active && check_shared(check, target, &other->assigned,
						  other->uuid, other->name, &common))
			cure_add(&cure, other->uuid, &common);
	}
	hint_unassign(check, &cure);
	/* each pair of targets once */
	for (i = 0; &check->targets->at[i] != target; i++) {
		const struct target *other = &check->targets->at[i];

		if (other->active && (gains || gains_ids(check, other)))
			check_shared(check, target, &other->assigned,
				     other->uuid, other->name, &common);
	}
}

/* "adapter 0x0b and domain 0x02", which the host lacks: of queues kept for it. */
static void phrase_absent(const struct host *host, const struct apm_matrix *reserved,
			  struct text *text)
{
	unsigned int dim;

	if (!host->qci)
		return;
	for (dim = APM_DIM_ADAPTER; dim <= APM_DIM_DOMAIN; dim++) {
		struct apm_mask absent;

		apm_mask_andnot(&absent, &reserved->dim[dim], &host->config.dim[dim]);
		phrase_some(text, " and ", dim_word(dim), &absent);
	}
}

/*
 * The module of this package refuses only queues that a change adds. Mainline's
 * refuses each assignment to a matrix that has a queue of the host, as a driver
 * override can leave it.
 */
static void check_host(const struct check *check, const struct target *target)
{
	const struct matrix *matrix = snapshot_find(check->snap, target->uuid);
	struct reserved reserved = { .snap = check->snap, .content = &target->assigned };
	struct text queues = { 0 }, hint = { 0 }, absent = { 0 };
	struct problem *problem;

	if (check->snap->host.features.reasons && matrix && matrix->active)
		reserved.had = &matrix->assigned;
	if (!reserved_find(&reserved, &queues))
		return;
	reserved_hint(&reserved, &hint);
	phrase_absent(&check->snap->host, &reserved.ids, &absent);
	problem = problem_add(check->errors, EXIT_CODE_CONFLICT, EADDRNOTAVAIL,
			      "%s %s: %s: kept for the host's drivers%s%s",
			      check->verb, title(check, target), text_str(&queues),
			      absent.len ? "; this host does not have " : "",
			      text_str(&absent));
	problem_matrix(problem, target->uuid);
	problem_apqn(problem, reserved.apid, reserved.apqi);
	problem_hint(problem, "%s", text_str(&hint));
	text_free(&queues);
	text_free(&hint);
	text_free(&absent);
}

static void find_first_lost(const struct apm_matrix *guest, const struct apm_matrix *after,
			    unsigned int *apid, unsigned int *apqi)
{
	apm_mask_for_each(*apid, apm_matrix_apm(guest)) {
		apm_mask_for_each(*apqi, apm_matrix_aqm(guest)) {
			if (!apm_matrix_has(after, *apid, *apqi))
				return;
		}
	}
}

/*
 * Would a running guest lose queues? Compares the guest matrix of the kernel with
 * the filter's result for the target.
 */
static void check_loss(const struct check *check, const struct target *target,
		       const struct matrix *matrix)
{
	struct apm_matrix guest = { 0 };
	unsigned int lost, apid = 0, apqi = 0;
	struct text which = { 0 };
	struct problem *problem;

	if (check->rules->allow_loss || !matrix->active || !matrix->guest_known ||
	    matrix->state == MATRIX_IDLE)
		return;
	/* unknown whether it runs: no matter if nothing is removed */
	if (target->active)
		snapshot_filter(check->snap, &target->assigned, &guest);
	lost = apm_matrix_apqns_lost(&matrix->guest, &guest);
	if (!lost || matrix->state != MATRIX_IN_USE)
		return;
	find_first_lost(&matrix->guest, &guest, &apid, &apqi);
	phrase_without(&which, &matrix->guest, &guest);
	problem = problem_add(check->errors, EXIT_CODE_BUSY, EBUSY,
			      "%s %s: a running guest would lose %u of its %u queues: %s",
			      check->verb, title(check, target), lost,
			      apm_matrix_apqns(&matrix->guest), text_str(&which));
	text_free(&which);
	problem_matrix(problem, target->uuid);
	problem_apqn(problem, apid, apqi);
	if (target->active && apm_matrix_has(&target->assigned, apid, apqi))
		problem_hint(problem,
			     "it stays assigned, but one unavailable queue withholds "
			     "its whole adapter; "
			     "use --allow-loss to proceed");
	else
		problem_hint(problem, "use --allow-loss to proceed");
}

static void check_remove(const struct check *check, const struct target *target,
			 const struct matrix *matrix)
{
	struct problem *problem;

	if (matrix->state != MATRIX_IN_USE || check->rules->force)
		return;
	problem = problem_add(check->errors, EXIT_CODE_BUSY, EBUSY,
			      "%s %s: in use by a guest", check->verb,
			      title(check, target));
	problem_matrix(problem, target->uuid);
	problem_hint(problem,
		     "detach it from the guest first, or use --force "
		     "to wait until the guest releases it");
}

/* Queues that return to the host must not be assigned. */
static void check_release(const struct check *check, const struct matrix *matrix,
			  struct cure *cure)
{
	const struct target *target = targets_find(check->targets, matrix->uuid);
	struct reserved returned = {
		.snap = check->snap, .before = check->before,
		.content = target ? &target->assigned : &matrix->assigned,
	};
	struct text queues = { 0 };
	struct problem *problem;

	if ((target ? !target->active : !matrix->active) ||
	    !reserved_find(&returned, &queues))
		return;
	problem = problem_add(check->errors, EXIT_CODE_BUSY, EBUSY,
			      "%s: %s cannot return to the host: assigned to %s",
			      check->verb, text_str(&queues),
			      targets_title(check->targets, check->snap,
					    matrix->uuid));
	problem_holder(problem_apqn(problem, returned.apid, returned.apqi), matrix->uuid);
	text_free(&queues);
	cure_add(cure, matrix->uuid, &returned.ids);
}

/* Reports a queue that is, or will be, in another definition. */
static void check_defined(const struct check *check, const struct target *target,
			  const struct apm_matrix *other, enum start_mode start,
			  const char *uuid)
{
	bool both_auto = target->start == START_AUTO && start == START_AUTO;
	struct apm_matrix common;
	struct problem *problem;

	if (!apm_matrix_shares(&target->definition, other, &common))
		return;
	problem = problem_add(both_auto ? check->errors : check->warnings,
			      EXIT_CODE_CONFLICT, 0,
			      "%s %s: %02x.%04x is also in the definition of %s: %s",
			      check->verb, title(check, target),
			      apm_mask_next(apm_matrix_apm(&common), 0),
			      apm_mask_next(apm_matrix_aqm(&common), 0),
			      targets_title(check->targets, check->snap, uuid),
			      both_auto ? "only one of them can start at boot" :
					  "they cannot be active together");
	problem_matrix(problem, target->uuid);
	problem_first_apqn(problem, &common);
	problem_holder(problem, uuid);
}

/* Definitions that are started at boot must not share queues. */
static void check_definition(const struct check *check,
			     const struct target *target)
{
	const struct snapshot *snap = check->snap;
	size_t i;

	for (i = 0; i < snap->nr_matrices; i++) {
		const struct matrix *other = &snap->matrices[i];

		if (other->defined && !targets_find(check->targets, other->uuid))
			check_defined(check, target, &other->definition,
				      other->start, other->uuid);
	}
	/* each pair of targets once */
	for (i = 0; &check->targets->at[i] != target; i++) {
		const struct target *other = &check->targets->at[i];

		if (other->start != START_NONE)
			check_defined(check, target, &other->definition,
				      other->start, other->uuid);
	}
}

/* A name must be unique. */
static void check_name(const struct check *check, const struct target *target)
{
	const struct matrix *matrix = snapshot_find(check->snap, target->uuid);
	const char *holder = NULL;
	size_t i;

	if (matrix && str_is(matrix->name, target->name))
		return;
	for (i = 0; i < check->snap->nr_matrices; i++) {
		const struct matrix *other = &check->snap->matrices[i];
		const struct target *changed =
			targets_find(check->targets, other->uuid);

		if (str_is(other->name, target->name) &&
		    !(changed && changed->touch_name))
			holder = other->uuid;
	}
	for (i = 0; &check->targets->at[i] != target; i++) {
		const struct target *other = &check->targets->at[i];

		if (other->touch_name && str_is(other->name, target->name))
			holder = other->uuid;
	}
	if (!holder)
		return;
	problem_holder(problem_matrix(problem_add(check->errors,
						  EXIT_CODE_CONFLICT, 0,
						  "%s %s: the name is in use by %s",
						  check->verb, target->name,
						  holder), target->uuid), holder);
}

static void check_target(const struct check *check, const struct target *target)
{
	const struct matrix *matrix = snapshot_find(check->snap, target->uuid);

	if (target->touch_name && target->name)
		check_name(check, target);
	if (target->active) {
		if (check_limits(check, target, &target->assigned)) {
			check_sharing(check, target);
			if (gains_ids(check, target))
				check_host(check, target);
		}
		if (matrix)
			check_loss(check, target, matrix);
	} else if (matrix && matrix->active) {
		check_remove(check, target, matrix);
	}
	if (target->touch_definition && target->start != START_NONE)
		check_definition(check, target);
}

void plan_check(const struct snapshot *snap, const struct targets *targets,
		const struct plan_rules *rules, const char *verb,
		struct problems *errors, struct problems *warnings)
{
	const struct host_target *host = &targets->host;
	struct snapshot *after = plan_snapshot_after(snap, host);
	const struct check check = {
		.snap = after, .before = snap, .targets = targets, .rules = rules,
		.verb = verb, .errors = errors, .warnings = warnings,
	};
	struct cure cure = { 0 };
	size_t i;

	for (i = 0; i < targets->nr; i++)
		check_target(&check, &targets->at[i]);
	for (i = 0; i < snap->nr_matrices &&
	     (host->touch_masks || host->nr_overrides); i++)
		check_release(&check, &snap->matrices[i], &cure);
	hint_unassign(&check, &cure);
	plan_snapshot_after_free(after);
}
