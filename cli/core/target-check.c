// SPDX-License-Identifier: GPL-2.0-only
/* Pure: compares a matrix with another host. See target-check.h. */
#include "core/conflicts.h"
#include "core/phrase.h"
#include "core/target-check.h"

/* Facilities, mode, APXA and command filtering: what a guest relies on. */
#define FUNCTIONS_SAME	0xff000000ul

struct comparison {
	const struct snapshot *here;
	const struct snapshot *there;
	struct problems *findings;
};

static struct problem *found(const struct comparison *comparison,
			     enum conflict conflict, const struct matrix *matrix,
			     const char *what)
{
	return problem_matrix(problem_finding(comparison->findings,
					      &conflict_terms[conflict], "%s: %s",
					      matrix_title(matrix), what),
			      matrix->uuid);
}

/* The matrix of a running guest, or of one that would be started. */
static void content_of(const struct matrix *matrix, struct apm_matrix *content)
{
	*content = *matrix_content(matrix);
	if (matrix->state != MATRIX_IN_USE || !matrix->guest_known)
		return;
	content->dim[APM_DIM_ADAPTER] = matrix->guest.dim[APM_DIM_ADAPTER];
	content->dim[APM_DIM_DOMAIN] = matrix->guest.dim[APM_DIM_DOMAIN];
}

static void compare_ids(const struct comparison *comparison,
			const struct matrix *matrix,
			const struct apm_matrix *content)
{
	struct apm_mask lacking;
	unsigned int dim, id;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		struct text what = { 0 };

		if (!apm_mask_andnot(&lacking, &content->dim[dim],
				    &comparison->there->host.config.dim[dim]))
			continue;
		id = apm_mask_next(&lacking, 0);
		text_addf(&what, "the target has no %s 0x%02x (%u)",
			  dim_word(dim), id, id);
		if (apm_mask_weight(&lacking) > 1)
			text_addf(&what, ", and %u more are missing",
				  apm_mask_weight(&lacking) - 1);
		found(comparison, CONFLICT_TARGET_LACKS, matrix, text_str(&what));
		text_free(&what);
	}
}

static void compare_card(const struct comparison *comparison,
			 const struct matrix *matrix, unsigned int apid)
{
	const struct card *here = &comparison->here->cards[apid];
	const struct card *there = &comparison->there->cards[apid];
	const char *mode = card_mode(here), *other = card_mode(there);
	struct text what = { 0 };

	if (!there->present)
		return;
	if (there->config == 0 || there->chkstop == 1) {
		text_addf(&what, "the target's adapter 0x%02x (%u) is %s", apid,
			  apid, there->chkstop == 1 ? "checkstopped" :
						      "deconfigured");
		found(comparison, CONFLICT_TARGET_STATE, matrix, text_str(&what));
		text_free(&what);
	}
	if (!here->present)
		return;
	if (there->hwtype && there->hwtype < here->hwtype)
		text_addf(&what, "the target's adapter 0x%02x (%u) is older: type %d, not %d",
			  apid, apid, there->hwtype, here->hwtype);
	else if (mode && other && !str_is(mode, other))
		text_addf(&what, "the target's adapter 0x%02x (%u) is in another mode: %s, not %s",
			  apid, apid, other, mode);
	else if ((here->functions ^ there->functions) & FUNCTIONS_SAME)
		text_addf(&what, "the target's adapter 0x%02x (%u) has other functions: 0x%08lx, "
				 "not 0x%08lx",
			  apid, apid, there->functions, here->functions);
	if (what.len)
		found(comparison, CONFLICT_TARGET_CARD, matrix, text_str(&what));
	text_free(&what);
}

static void compare_pool(const struct comparison *comparison,
			 const struct matrix *matrix,
			 const struct apm_matrix *content)
{
	const struct host *host = &comparison->there->host;
	const char *regime = pool_regime(comparison->there);
	unsigned int apid, apqi;
	struct text what = { 0 };
	struct apm_matrix common;

	if (!regime || str_is(regime, "overrides")) {
		found(comparison, CONFLICT_TARGET_UNKNOWN, matrix,
		      regime ? "the target uses driver overrides, "
			       "which a profile does not contain" :
			       "the profile of the target has no masks");
		return;
	}
	if (!apm_matrix_shares_masks(content, &host->apmask, &host->aqmask, &common))
		return;
	apid = apm_mask_next(apm_matrix_apm(&common), 0);
	apqi = apm_mask_next(apm_matrix_aqm(&common), 0);
	phrase_apqns(&what, &common);
	text_add(&what, " is kept for the host on the target");
	problem_hint(problem_apqn(found(comparison, CONFLICT_TARGET_RESERVED,
					matrix, text_str(&what)), apid, apqi),
		     "on the target: apmatrix pool reserve -a 0x%02x (or -d 0x%02x)",
		     apid, apqi);
	text_free(&what);
}

static void compare(const struct comparison *comparison,
		    const struct matrix *matrix)
{
	struct apm_matrix content;
	unsigned int apid;

	content_of(matrix, &content);
	if (!comparison->there->host.module)
		problem_hint(found(comparison, CONFLICT_TARGET_MODULE, matrix,
				   comparison->there->host.bus ?
				   "vfio_ap is not loaded on the target" :
				   "the target has no AP bus"),
			     "on the target: apmatrix doctor");
	if (!comparison->there->host.bus)
		return;
	compare_ids(comparison, matrix, &content);
	apm_mask_for_each(apid, apm_matrix_apm(&content))
		compare_card(comparison, matrix, apid);
	compare_pool(comparison, matrix, &content);
}

void target_check(const struct snapshot *here, const struct snapshot *there,
		  bool (*wanted)(void *ctx, const char *uuid), void *ctx,
		  struct problems *findings)
{
	const struct comparison comparison = {
		.here = here, .there = there, .findings = findings,
	};
	size_t i;

	for (i = 0; i < here->nr_matrices; i++) {
		if (wanted(ctx, here->matrices[i].uuid))
			compare(&comparison, &here->matrices[i]);
	}
}
