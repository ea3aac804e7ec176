// SPDX-License-Identifier: GPL-2.0-only
/* Pure: conflicts. See conflicts.h. */
#include <string.h>

#include "core/conflicts.h"
#include "core/phrase.h"
#include "lib/paths.h"

const struct help_term conflict_terms[CONFLICT_NR + 1] = {
	[CONFLICT_NAMES] = { "names-alike", "two matrices have the same name", true },
	[CONFLICT_BOTH_AUTO] = { "definitions-collide",
		"two matrices that are started at boot share a queue", true },
	[CONFLICT_EXCLUDE] = { "definitions-exclude",
		"two definitions share a queue and cannot be active together" },
	[CONFLICT_TAKEN] = { "taken",
		"a definition cannot start: an active matrix has its queue" },
	[CONFLICT_RESERVED] = { "reserved", "a definition has a queue that is kept for the host" },
	[CONFLICT_RESERVED_AT_BOOT] = { "reserved-at-boot",
		"a matrix that is started at boot has a queue that is kept for the host then", true },
	[CONFLICT_LIMITS] = { "beyond-limits",
		"a definition has an ID that this machine cannot have", true },
	[CONFLICT_DRIFT] = { "drift",
		"an active matrix differs from its definition" },
	[CONFLICT_UNLIKE] = { "unlike",
		"queues of a matrix differ in mode, type or master keys" },
	[CONFLICT_UNREADABLE] = { "unreadable",
		"a file cannot be read and may hide a conflict", true },
	[CONFLICT_PLAN] = { "plan-refused",
		"apply would refuse the host's plan", true },
	[CONFLICT_PLAN_EXCLUDES] = { "plan-excludes",
		"the host's plan and a definition share a queue and cannot be active together" },
	[CONFLICT_PLAN_DIFFERS] = { "plan-differs",
		"a matrix, its definition or the pool differs from the host's plan" },
	[CONFLICT_PLAN_POOL] = { "plan-pool",
		"the host's plan uses driver overrides, but a udev rule sets masks", true },
	[CONFLICT_TARGET_MODULE] = { "target-no-vfio-ap",
		"with --target: the host has no vfio_ap", true },
	[CONFLICT_TARGET_LACKS] = { "target-lacks",
		"with --target: the host lacks an adapter, domain or control domain", true },
	[CONFLICT_TARGET_STATE] = { "target-adapter-off",
		"with --target: an adapter is deconfigured or checkstopped", true },
	[CONFLICT_TARGET_CARD] = { "target-adapter-differs",
		"with --target: an adapter differs in generation, mode or functions", true },
	[CONFLICT_TARGET_RESERVED] = { "target-reserved",
		"with --target: a queue is kept for that host", true },
	[CONFLICT_TARGET_UNKNOWN] = { "target-unknown",
		"with --target: the profile does not tell which queues guests can have" },
};

/* The first of nr queues. */
struct queues {
	unsigned int apid;
	unsigned int apqi;
	unsigned int nr;
};

static struct problem *found_queues(struct problems *findings,
				    enum conflict conflict, const char *title,
				    const char *uuid, const struct queues *queues,
				    const char *what)
{
	struct text which = { 0 };
	struct problem *problem;

	phrase_queues(&which, queues->apid, queues->apqi, queues->nr);
	problem = problem_finding(findings, &conflict_terms[conflict], "%s: %s %s",
				  title, text_str(&which), what);
	text_free(&which);
	problem_matrix(problem, uuid);
	return problem_apqn(problem, queues->apid, queues->apqi);
}

static struct problem *found(struct problems *findings, enum conflict conflict,
			     const struct matrix *matrix,
			     const struct apm_matrix *common, const char *what)
{
	const struct queues queues = {
		.apid = apm_mask_next(apm_matrix_apm(common), 0),
		.apqi = apm_mask_next(apm_matrix_aqm(common), 0),
		.nr = apm_matrix_apqns(common),
	};

	return found_queues(findings, conflict, matrix_title(matrix),
			    matrix->uuid, &queues, what);
}

static void find_pair(const struct matrix *a, const struct matrix *b,
		      struct problems *findings)
{
	bool both_auto = a->start == START_AUTO && b->start == START_AUTO;
	struct apm_matrix common;
	struct text what = { 0 };

	if (a->name && str_is(a->name, b->name))
		problem_holder(problem_matrix(problem_finding(findings,
							      &conflict_terms[CONFLICT_NAMES],
							      "%s is the name of %s and of %s",
							      a->name, a->uuid,
							      b->uuid), a->uuid),
			       b->uuid);
	if (a->defined && b->defined &&
	    apm_matrix_shares(&a->definition, &b->definition, &common)) {
		text_addf(&what, "is also in the definition of %s", matrix_title(b));
		problem_holder(found(findings, both_auto ? CONFLICT_BOTH_AUTO :
				     CONFLICT_EXCLUDE, a, &common,
				     text_str(&what)), b->uuid);
	}
	text_free(&what);
}

/* matrix is only defined; other is active and has a queue of it */
static void find_taken(const struct matrix *matrix, const struct matrix *other,
		       struct problems *findings)
{
	struct apm_matrix common;
	struct text what = { 0 };

	if (!matrix->defined || matrix->active || !other->active ||
	    !apm_matrix_shares(&matrix->definition, &other->assigned, &common))
		return;
	text_addf(&what, "is assigned to the active matrix %s", matrix_title(other));
	problem_holder(found(findings, CONFLICT_TAKEN, matrix, &common,
			     text_str(&what)), other->uuid);
	text_free(&what);
}

static void find_limits(const struct snapshot *snap, const struct matrix *matrix,
			struct problems *findings)
{
	struct text what = { 0 };
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (phrase_beyond(&what, &snap->host.limits, &matrix->definition,
				  dim))
			problem_matrix(problem_finding(findings,
						       &conflict_terms[CONFLICT_LIMITS],
						       "%s: %s", matrix_title(matrix),
						       text_str(&what)),
				       matrix->uuid);
		text_free(&what);
	}
}

/* restore applies the pool of the host's plan at boot. */
static bool pool_gives(const struct wanted_pool *pool, unsigned int apid,
		       unsigned int apqi)
{
	return pool && (apm_mask_test(&pool->adapters, apid) ||
			apm_mask_test(&pool->domains, apqi) ||
			apm_mask_test(&pool->queues[apid], apqi));
}

static bool reserved_now(const struct conflict_scope *scope, unsigned int apid,
			 unsigned int apqi)
{
	return host_reserves(scope->snap, apid, apqi);
}

static bool reserved_at_boot(const struct conflict_scope *scope,
			     unsigned int apid, unsigned int apqi)
{
	const struct pool_rule *rule = scope->rule;

	return rule &&
	       (!rule->has_apmask || apm_mask_test(&rule->apmask, apid)) &&
	       (!rule->has_aqmask || apm_mask_test(&rule->aqmask, apqi));
}

/* The queues of a matrix that are kept for the host; false: none. */
static bool find_kept(const struct conflict_scope *scope,
		      bool (*reserved)(const struct conflict_scope *scope,
				       unsigned int apid, unsigned int apqi),
		      const struct apm_matrix *content, struct queues *kept)
{
	unsigned int apid, apqi;

	kept->nr = 0;
	apm_mask_for_each(apid, apm_matrix_apm(content)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(content)) {
			if (!reserved(scope, apid, apqi) ||
			    pool_gives(scope->pool, apid, apqi))
				continue;
			if (!kept->nr++) {
				kept->apid = apid;
				kept->apqi = apqi;
			}
		}
	}
	return kept->nr;
}

static void find_reserved_at_boot(const struct conflict_scope *scope,
				  const char *title, const char *uuid,
				  const struct apm_matrix *content,
				  struct problems *findings)
{
	struct queues kept;

	if (find_kept(scope, reserved_at_boot, content, &kept))
		problem_hint(found_queues(findings, CONFLICT_RESERVED_AT_BOOT,
					  title, uuid, &kept,
					  "is kept for the host after the next boot"),
			     "apmatrix pool reserve --persist, with the queues for guests");
}

static void find_reserved(const struct conflict_scope *scope,
			  const struct matrix *matrix, struct problems *findings)
{
	struct queues kept;

	if (!matrix->active &&
	    find_kept(scope, reserved_now, &matrix->definition, &kept))
		problem_hint(found_queues(findings, CONFLICT_RESERVED,
					  matrix_title(matrix), matrix->uuid,
					  &kept, "is kept for the host"),
			     "see apmatrix pool show");
	if (matrix->start == START_AUTO)
		find_reserved_at_boot(scope, matrix_title(matrix), matrix->uuid,
				      &matrix->definition, findings);
}

static void find_drift(const struct matrix *matrix, struct problems *findings)
{
	if (!matrix_drifts(matrix))
		return;
	problem_hint(problem_matrix(problem_finding(findings, &conflict_terms[CONFLICT_DRIFT],
						    "%s: the active matrix differs from its "
						    "definition, with which it starts next",
						    matrix_title(matrix)), matrix->uuid),
		     "apmatrix show %s shows both", matrix_title(matrix));
}

static bool is_wanted(const struct conflict_scope *scope, const char *uuid)
{
	return uuid && scope->wanted(scope->ctx, uuid);
}

void conflicts_find(const struct conflict_scope *scope, struct problems *findings)
{
	const struct snapshot *snap = scope->snap;
	size_t i, j;

	for (i = 0; i < snap->nr_matrices; i++) {
		const struct matrix *matrix = &snap->matrices[i];

		for (j = i + 1; j < snap->nr_matrices; j++) {
			const struct matrix *other = &snap->matrices[j];

			if (!is_wanted(scope, matrix->uuid) &&
			    !is_wanted(scope, other->uuid))
				continue;
			find_pair(matrix, other, findings);
			find_taken(matrix, other, findings);
			find_taken(other, matrix, findings);
		}
		if (!is_wanted(scope, matrix->uuid) || !matrix->defined)
			continue;
		if (snap->host.bus)
			find_limits(snap, matrix, findings);
		find_drift(matrix, findings);
		find_reserved(scope, matrix, findings);
	}
}

/* the host's plan */

static void take_problem(const struct conflict_scope *scope,
			 enum conflict conflict, const struct problem *why,
			 struct problems *findings)
{
	struct problem *problem;

	if ((why->matrix || why->holder) && !is_wanted(scope, why->matrix) &&
	    !is_wanted(scope, why->holder))
		return;
	problem = problem_finding(findings, &conflict_terms[conflict], "%s",
				  why->message);
	if (why->hint)
		problem_hint(problem, "%s", why->hint);
	problem_like(problem, why);
}

static bool is_as_planned(const struct matrix *matrix, const struct target *target)
{
	return !target->touch_definition && !target->touch_name &&
	       target->active == matrix->active &&
	       (!target->active || apm_matrix_equal(&target->assigned, &matrix->assigned));
}

static void plan_differs(struct problems *findings, const char *uuid, const char *format,
			 const char *title)
{
	struct problem *problem;
	struct text message = { 0 };
	const char *at = strstr(format, "%s");

	text_addn(&message, format, (size_t)(at - format));
	text_add(&message, title);
	text_add(&message, at + 2);
	problem = problem_finding(findings, &conflict_terms[CONFLICT_PLAN_DIFFERS], "%s",
				  text_str(&message));
	if (uuid)
		problem_matrix(problem, uuid);
	problem_hint(problem, "apmatrix plan shows the differences");
	text_free(&message);
}

static bool pool_differs(const struct conflict_scope *scope, const struct host_target *host)
{
	const struct host *now = &scope->snap->host;
	const struct pool_rule *rule = scope->rule;

	if (host->nr_overrides || host->nr_binds)
		return true;
	if (host->touch_masks && (!apm_mask_equal(&host->apmask, &now->apmask) ||
				  !apm_mask_equal(&host->aqmask, &now->aqmask)))
		return true;
	return host->touch_rule &&
	       (!rule || !apm_mask_equal(&host->rule.apmask, &rule->apmask) ||
		!apm_mask_equal(&host->rule.aqmask, &rule->aqmask));
}

static void find_planned(const struct conflict_scope *scope,
			 const struct targets *targets,
			 const struct target *target, struct problems *findings)
{
	const struct matrix *matrix = snapshot_find(scope->snap, target->uuid);
	const char *title = targets_title(targets, scope->snap, target->uuid);

	if (!is_wanted(scope, target->uuid) || (matrix && is_as_planned(matrix, target)))
		return;
	plan_differs(findings, target->uuid, !matrix ? "%s is only in the host's plan" :
		     target->touch_definition && matrix->defined ?
		     "the definition of %s differs from the host's plan" :
		     "%s differs from the host's plan", title);
	if (!target->touch_definition)
		return;
	if (target->start == START_AUTO)
		find_reserved_at_boot(scope, title, target->uuid,
				      &target->definition, findings);
}

static void find_pool(const struct conflict_scope *scope,
		      struct problems *findings)
{
	const struct pool_rule *rule = scope->rule;
	struct apm_mask all;

	memset(&all, 0xff, sizeof(all));
	if (rule && scope->pool && scope->pool->method == POOL_OVERRIDE &&
	    ((rule->has_apmask && !apm_mask_equal(&rule->apmask, &all)) ||
	     (rule->has_aqmask && !apm_mask_equal(&rule->aqmask, &all))))
		problem_hint(problem_finding(findings,
					     &conflict_terms[CONFLICT_PLAN_POOL],
					     "the host's plan uses driver overrides, "
					     "but " UDEV_RULE_FILE " sets masks: "
					     "the kernel accepts only one of them"),
			     "remove the masks from the rule, or the method from the plan");
}

void conflicts_find_plan(const struct conflict_scope *scope,
			 const struct targets *targets,
			 const struct problems *errors,
			 const struct problems *warnings,
			 struct problems *findings)
{
	size_t i;

	for (i = 0; i < errors->nr; i++)
		take_problem(scope, CONFLICT_PLAN, &errors->at[i], findings);
	for (i = 0; i < warnings->nr; i++) {
		if (warnings->at[i].code == EXIT_CODE_CONFLICT)
			take_problem(scope, CONFLICT_PLAN_EXCLUDES,
				     &warnings->at[i], findings);
	}
	for (i = 0; i < targets->nr; i++)
		find_planned(scope, targets, &targets->at[i], findings);
	if (pool_differs(scope, &targets->host))
		plan_differs(findings, NULL, "%s differs from the host's plan", "the pool");
	find_pool(scope, findings);
}

void conflict_unreadable(struct problems *findings, const char *message,
			 const char *uuid)
{
	struct problem *problem =
		problem_finding(findings, &conflict_terms[CONFLICT_UNREADABLE],
				"%s", message);

	if (uuid)
		problem_matrix(problem, uuid);
}

bool conflict_is_drift(const struct problem *finding)
{
	return str_is(finding->word, conflict_terms[CONFLICT_DRIFT].word) ||
	       str_is(finding->word, conflict_terms[CONFLICT_PLAN_DIFFERS].word);
}
