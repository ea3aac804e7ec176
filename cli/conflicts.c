// SPDX-License-Identifier: GPL-2.0-only
/* Pure room: what gets in each other's way. See conflicts.h. */
#include <string.h>

#include "conflicts.h"
#include "phrase.h"
#include "text.h"

const struct help_term conflict_terms[CONFLICT_NR + 1] = {
	[CONFLICT_NAMES] = { "names-alike", "two matrices have the same name", true },
	[CONFLICT_BOTH_AUTO] = { "definitions-collide",
		"two matrices that share a queue are to start at boot", true },
	[CONFLICT_EXCLUDE] = { "definitions-exclude",
		"two defined matrices share a queue and cannot be active together" },
	[CONFLICT_TAKEN] = { "taken",
		"what is defined cannot start while another matrix has its queue" },
	[CONFLICT_RESERVED] = { "reserved", "what is defined has a queue that the host keeps" },
	[CONFLICT_RESERVED_AT_BOOT] = { "reserved-at-boot",
		"what is to start at boot has a queue that the host keeps then", true },
	[CONFLICT_LIMITS] = { "beyond-limits",
		"what is defined has an id that this host cannot have", true },
	[CONFLICT_UNREADABLE] = { "unreadable",
		"a file cannot be read, and may hide a conflict", true },
	[CONFLICT_TARGET_MODULE] = { "target-no-vfio-ap",
		"with --target: vfio_ap is not there", true },
	[CONFLICT_TARGET_LACKS] = { "target-lacks",
		"with --target: an adapter, domain or control domain is not there", true },
	[CONFLICT_TARGET_STATE] = { "target-adapter-off",
		"with --target: an adapter is deconfigured or checkstopped", true },
	[CONFLICT_TARGET_CARD] = { "target-adapter-differs",
		"with --target: an adapter is older, in another mode, or can other things", true },
	[CONFLICT_TARGET_RESERVED] = { "target-reserved",
		"with --target: a queue is kept by that host", true },
	[CONFLICT_TARGET_UNKNOWN] = { "target-unknown",
		"with --target: the profile does not say which queues are for guests" },
};

static struct problem *found(struct problems *findings, enum conflict conflict,
			     const struct matrix *matrix,
			     const struct ap_matrix *common, const char *what)
{
	struct text queues = { 0 };
	struct problem *problem;

	phrase_apqns(&queues, common);
	problem = problem_finding(findings, &conflict_terms[conflict], "%s: %s %s",
				  matrix_title(matrix), text_str(&queues), what);
	text_free(&queues);
	problem_matrix(problem, matrix->uuid);
	return problem_first_apqn(problem, common);
}

static void find_pair(const struct matrix *a, const struct matrix *b,
		      struct problems *findings)
{
	bool both_auto = a->start == START_AUTO && b->start == START_AUTO;
	struct ap_matrix common;
	struct text what = { 0 };

	if (a->name && str_is(a->name, b->name))
		problem_holder(problem_matrix(problem_finding(findings,
							      &conflict_terms[CONFLICT_NAMES],
							      "%s is the name of %s and of %s",
							      a->name, a->uuid,
							      b->uuid), a->uuid),
			       b->uuid);
	if (a->defined && b->defined &&
	    ap_matrix_shares(&a->definition, &b->definition, &common)) {
		text_addf(&what, "is in the definition of %s, too", matrix_title(b));
		problem_holder(found(findings, both_auto ? CONFLICT_BOTH_AUTO :
				     CONFLICT_EXCLUDE, a, &common,
				     text_str(&what)), b->uuid);
	}
	text_free(&what);
}

/* matrix is only defined; other is there and has what it wants */
static void find_taken(const struct matrix *matrix, const struct matrix *other,
		       struct problems *findings)
{
	struct ap_matrix common;
	struct text what = { 0 };

	if (!matrix->defined || matrix->active || !other->active ||
	    !ap_matrix_shares(&matrix->definition, &other->assigned, &common))
		return;
	text_addf(&what, "is assigned to %s, which is active", matrix_title(other));
	problem_holder(found(findings, CONFLICT_TAKEN, matrix, &common,
			     text_str(&what)), other->uuid);
	text_free(&what);
}

static void find_limits(const struct snapshot *snap, const struct matrix *matrix,
			struct problems *findings)
{
	struct text what = { 0 };
	unsigned int dim;

	for (dim = 0; dim < AP_DIM_NR; dim++) {
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

static void find_reserved(const struct snapshot *snap,
			  const struct pool_rule *rule,
			  const struct matrix *matrix, struct problems *findings)
{
	struct ap_matrix common;
	struct ap_mask all;
	unsigned int apid, apqi;

	if (!matrix->active &&
	    host_reserves_any(snap, &matrix->definition, &apid, &apqi) &&
	    ap_matrix_shares_masks(&matrix->definition, &snap->host.apmask,
				   &snap->host.aqmask, &common))
		problem_hint(found(findings, CONFLICT_RESERVED, matrix, &common,
				   "is the host's now"),
			     "see apmatrix pool show");
	memset(&all, 0xff, sizeof(all));
	if (rule && matrix->start == START_AUTO &&
	    ap_matrix_shares_masks(&matrix->definition,
				   rule->has_apmask ? &rule->apmask : &all,
				   rule->has_aqmask ? &rule->aqmask : &all,
				   &common))
		problem_hint(found(findings, CONFLICT_RESERVED_AT_BOOT, matrix,
				   &common, "is the host's after the next boot"),
			     "apmatrix pool reserve --persist, with what is to be for guests");
}

void conflicts_find(const struct snapshot *snap, const struct pool_rule *rule,
		    bool (*wanted)(void *ctx, const struct matrix *matrix),
		    void *ctx, struct problems *findings)
{
	size_t i, j;

	for (i = 0; i < snap->nr_matrices; i++) {
		const struct matrix *matrix = &snap->matrices[i];

		for (j = i + 1; j < snap->nr_matrices; j++) {
			const struct matrix *other = &snap->matrices[j];

			if (!wanted(ctx, matrix) && !wanted(ctx, other))
				continue;
			find_pair(matrix, other, findings);
			find_taken(matrix, other, findings);
			find_taken(other, matrix, findings);
		}
		if (!wanted(ctx, matrix) || !matrix->defined)
			continue;
		find_limits(snap, matrix, findings);
		find_reserved(snap, rule, matrix, findings);
	}
}

void conflict_unreadable(struct problems *findings, const struct problem *why)
{
	struct problem *problem =
		problem_finding(findings, &conflict_terms[CONFLICT_UNREADABLE],
				"%s", why->message);

	if (why->matrix)
		problem_matrix(problem, why->matrix);
}
