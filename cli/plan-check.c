// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pure room: what speaks against targets: limits, queues and names of others,
 * definitions, running guests. See plan_check() in plan.h.
 */
#include <errno.h>

#include "plan.h"
#include "text.h"

struct check {
	const struct snapshot *snap;
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
			 const struct ap_matrix *wanted)
{
	const struct ap_limits *limits = &check->snap->host.limits;
	unsigned int dim, id;

	if (!ap_limits_check(limits, wanted))
		return true;
	for (dim = 0; dim < AP_DIM_NR; dim++) {
		struct problem *problem;

		id = ap_mask_next(&wanted->dim[dim], limits->max[dim] + 1);
		if (id >= AP_MATRIX_IDS)
			continue;
		problem = problem_add(check->errors, EXIT_CODE_NOT_FOUND, ENODEV,
				      "%s %s: %s 0x%02x (%u) is beyond this host's highest, 0x%02x (%u)",
				      check->verb, title(check, target),
				      dim_word(dim), id, id, limits->max[dim],
				      limits->max[dim]);
		problem_matrix(problem, target->uuid);
	}
	return false;
}

static void complain_shared(const struct check *check,
			    const struct target *target,
			    const struct ap_matrix *common,
			    const char *holder_uuid, const char *holder)
{
	unsigned int apid = ap_mask_next(ap_matrix_apm(common), 0);
	unsigned int apqi = ap_mask_next(ap_matrix_aqm(common), 0);
	unsigned int more = ap_matrix_apqns(common) - 1;
	struct text others = { 0 };
	struct problem *problem;

	if (more)
		text_addf(&others, " and %u more", more);
	problem = problem_add(check->errors, EXIT_CODE_CONFLICT, EADDRINUSE,
			      "%s %s: %02x.%04x%s: already assigned to %s%s%s%s",
			      check->verb, title(check, target), apid, apqi,
			      text_str(&others), holder_uuid,
			      holder ? " (" : "", holder ? holder : "",
			      holder ? ")" : "");
	problem_matrix(problem, target->uuid);
	problem_apqn(problem, apid, apqi);
	problem_holder(problem, holder_uuid);
	text_free(&others);
}

/* Is something assigned that was not? What is so already, the kernel allowed. */
static bool gains_ids(const struct check *check, const struct target *target)
{
	const struct matrix *matrix = snapshot_find(check->snap, target->uuid);
	static const struct ap_matrix none;
	struct ap_matrix_diff diff;

	ap_matrix_diff(matrix && matrix->active ? &matrix->assigned : &none,
		       &target->assigned, &diff);
	return !ap_matrix_empty(&diff.added);
}

/* Two matrices may not share an APQN, counting what the others will be. */
static void check_sharing(const struct check *check, const struct target *target)
{
	const struct snapshot *snap = check->snap;
	bool gains = gains_ids(check, target);
	struct ap_matrix common;
	size_t i;

	for (i = 0; i < snap->nr_matrices && gains; i++) {
		const struct matrix *other = &snap->matrices[i];
		const struct target *changed =
			targets_find(check->targets, other->uuid);

		if (str_is(other->uuid, target->uuid) || changed)
			continue;
		if (other->active &&
		    ap_matrix_shares(&target->assigned, &other->assigned, &common))
			complain_shared(check, target, &common, other->uuid,
					other->name);
	}
	/* each pair of targets once */
	for (i = 0; i < check->targets->nr; i++) {
		const struct target *other = &check->targets->at[i];

		if (other == target)
			break;
		if (other->active && (gains || gains_ids(check, other)) &&
		    ap_matrix_shares(&target->assigned, &other->assigned, &common))
			complain_shared(check, target, &common, other->uuid,
					other->name);
	}
}

static void check_host(const struct check *check, const struct target *target)
{
	const struct host *host = &check->snap->host;
	unsigned int apid, apqi;
	struct problem *problem;

	if (!host_reserves_any(check->snap, &target->assigned, &apid, &apqi))
		return;
	problem = problem_add(check->errors, EXIT_CODE_CONFLICT, EADDRNOTAVAIL,
			      "%s %s: %02x.%04x: reserved for the host's own drivers",
			      check->verb, title(check, target), apid, apqi);
	problem_matrix(problem, target->uuid);
	problem_apqn(problem, apid, apqi);
	if (host->has_override)
		problem_hint(problem,
			     "give it to vfio_ap: apmatrix pool reserve -a 0x%02x (or -d 0x%02x, or --apqn %02x.%04x)",
			     apid, apqi, apid, apqi);
	else
		problem_hint(problem,
			     "give it to vfio_ap: apmatrix pool reserve -a 0x%02x (or -d 0x%02x)",
			     apid, apqi);
}

/*
 * Would a running guest lose queues? Compared is what it has now, as the
 * kernel says, with what the filter makes of the wanted matrix.
 */
static void check_loss(const struct check *check, const struct target *target,
		       const struct matrix *matrix)
{
	struct ap_matrix guest = { 0 }, common;
	unsigned int lost, apid, apqi;
	struct problem *problem;

	if (check->rules->allow_loss || !matrix->active || !matrix->guest_known ||
	    matrix->state == MATRIX_IDLE)
		return;
	/* cannot tell whether it runs: as long as nothing is taken, no matter */
	if (target->active)
		snapshot_filter(check->snap, &target->assigned, &guest);
	lost = ap_matrix_apqns_lost(&matrix->guest, &guest);
	if (!lost || matrix->state != MATRIX_IN_USE)
		return;

	ap_matrix_shares(&matrix->guest, &guest, &common);
	ap_mask_for_each(apid, ap_matrix_apm(&matrix->guest)) {
		ap_mask_for_each(apqi, ap_matrix_aqm(&matrix->guest)) {
			if (!ap_matrix_has(&common, apid, apqi))
				goto found;
		}
	}
	return;
found:
	problem = problem_add(check->errors, EXIT_CODE_BUSY, EBUSY,
			      "%s %s: a running guest would lose %u of its %u queues, the first is %02x.%04x",
			      check->verb, title(check, target), lost,
			      ap_matrix_apqns(&matrix->guest), apid, apqi);
	problem_matrix(problem, target->uuid);
	problem_apqn(problem, apid, apqi);
	if (target->active && ap_matrix_has(&target->assigned, apid, apqi))
		problem_hint(problem,
			     "it stays assigned, but an adapter is withheld as a whole while one of its queues cannot be given; --allow-loss does it all the same");
	else
		problem_hint(problem, "--allow-loss does it all the same");
}

static void check_remove(const struct check *check, const struct target *target,
			 const struct matrix *matrix)
{
	struct problem *problem;

	if (matrix->state != MATRIX_IN_USE || check->rules->force)
		return;
	problem = problem_add(check->errors, EXIT_CODE_BUSY, EBUSY,
			      "%s %s: a guest is using it", check->verb,
			      title(check, target));
	problem_matrix(problem, target->uuid);
	problem_hint(problem,
		     "detach it from the guest first; with --force the removal waits until the guest lets go");
}

/* What goes back to the host must be in nobody's matrix. */
static void check_release(const struct check *check, const struct matrix *matrix)
{
	const struct target *target = targets_find(check->targets, matrix->uuid);
	const struct ap_matrix *content = &matrix->assigned;
	unsigned int apid, apqi;
	struct problem *problem;

	if (target ? !target->active : !matrix->active)
		return;
	if (target)
		content = &target->assigned;
	if (!host_reserves_any(check->snap, content, &apid, &apqi))
		return;
	problem = problem_add(check->errors, EXIT_CODE_CONFLICT, EBUSY,
			      "%s: %02x.%04x cannot go to the host: it is assigned to %s",
			      check->verb, apid, apqi,
			      targets_title(check->targets, check->snap,
					    matrix->uuid));
	problem_holder(problem_apqn(problem, apid, apqi), matrix->uuid);
	problem_hint(problem, "apmatrix unassign %s -a 0x%02x (or -d 0x%02x) first",
		     matrix_title(matrix), apid, apqi);
}

static void complain_definitions(const struct check *check,
				 const struct target *target,
				 const struct ap_matrix *common, bool both_auto,
				 const char *uuid)
{
	unsigned int apid = ap_mask_next(ap_matrix_apm(common), 0);
	unsigned int apqi = ap_mask_next(ap_matrix_aqm(common), 0);
	struct problem *problem;

	problem = problem_add(both_auto ? check->errors : check->warnings,
			      EXIT_CODE_CONFLICT, 0,
			      "%s %s: %02x.%04x is in the definition of %s, too: %s",
			      check->verb, title(check, target), apid, apqi,
			      targets_title(check->targets, check->snap, uuid),
			      both_auto ? "only one of them can start at boot" :
					  "they cannot be active together");
	problem_matrix(problem, target->uuid);
	problem_apqn(problem, apid, apqi);
	problem_holder(problem, uuid);
}

/* Definitions that start by themselves must not get in each other's way. */
static void check_definition(const struct check *check,
			     const struct target *target)
{
	const struct snapshot *snap = check->snap;
	struct ap_matrix common;
	size_t i;

	for (i = 0; i < snap->nr_matrices; i++) {
		const struct matrix *other = &snap->matrices[i];

		if (other->defined && !targets_find(check->targets, other->uuid) &&
		    ap_matrix_shares(&target->definition, &other->definition,
				     &common))
			complain_definitions(check, target, &common,
					     target->start == START_AUTO &&
					     other->start == START_AUTO,
					     other->uuid);
	}
	/* each pair of targets once */
	for (i = 0; &check->targets->at[i] != target; i++) {
		const struct target *other = &check->targets->at[i];

		if (other->start != START_NONE &&
		    ap_matrix_shares(&target->definition, &other->definition,
				     &common))
			complain_definitions(check, target, &common,
					     target->start == START_AUTO &&
					     other->start == START_AUTO,
					     other->uuid);
	}
}

/* A name is for one matrix, or nobody could say which is meant. */
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
						  "%s %s: %s has this name already",
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
		.snap = after, .targets = targets, .rules = rules,
		.verb = verb, .errors = errors, .warnings = warnings,
	};
	size_t i;

	for (i = 0; i < targets->nr; i++)
		check_target(&check, &targets->at[i]);
	for (i = 0; i < snap->nr_matrices &&
	     (host->touch_masks || host->nr_overrides); i++)
		check_release(&check, &snap->matrices[i]);
	plan_snapshot_after_free(after);
}
