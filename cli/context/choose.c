// SPDX-License-Identifier: GPL-2.0-only
/* Queues by wish. See choose.h. */
#include "context/choose.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "core/phrase.h"
#include "core/wish.h"

bool choose_check(struct apmatrix *apm)
{
	static const enum option narrow[] = {
		OPT_MODE, OPT_GENERATION, OPT_SPREAD,
	};
	struct complaint complaint = { 0 };
	unsigned long queues;
	unsigned int i;

	for (i = 0; i < sizeof(narrow) / sizeof(*narrow); i++) {
		if (!apm->given[narrow[i]] || apm->given[OPT_QUEUES])
			continue;
		report_error(apm, EXIT_CODE_USAGE, 0, "--%s needs --queues",
			     option_descs[narrow[i]].name);
		return false;
	}
	if (!apm->given[OPT_QUEUES])
		return true;
	if (apm->given[OPT_ADAPTERS] || apm->given[OPT_DOMAINS]) {
		report_error(apm, EXIT_CODE_USAGE, 0,
			     "--queues chooses adapters and domains; it excludes -a and -d");
		return false;
	}
	if (parse_count(apm->value[OPT_QUEUES], 1, APM_MATRIX_APQNS, &queues, &complaint))
		return true;
	report_complaint(apm, "--queues", &complaint);
	return false;
}

static void report_none(struct apmatrix *apm, const struct wish *wish,
			const struct matrix *matrix, unsigned int available)
{
	const char *s = wish->queues == 1 ? "" : "s";
	struct text what = { 0 };

	if (wish->present && !apm_matrix_empty(wish->present))
		text_addf(&what, "%u queue%s cannot be added to %s (an adapter adds %u, "
			  "a domain %u)", wish->queues, s, matrix_title(matrix),
			  apm_mask_weight(apm_matrix_aqm(wish->present)),
			  apm_mask_weight(apm_matrix_apm(wish->present)));
	else
		text_addf(&what, "there is no matrix of %u queue%s%s", wish->queues, s,
			  apm->given[OPT_STRICT] && wish->queues > 1 ? " that are alike" : "");
	problem_hint(report_error(apm, EXIT_CODE_NOT_FOUND, 0, "%s; %u queue%s available",
				  what.at, available, available == 1 ? " is" : "s are"),
		     apm->given[OPT_RESERVE] ? "apmatrix queues lists all" :
		     "apmatrix queues --free lists them; "
		     "with --reserve queues of the host are chosen too");
	text_free(&what);
}

/* Free queues that spread less than they could with queues of the host. */
static void note_spread(struct apmatrix *apm, const struct wish *wish,
			const struct apm_matrix *chosen, const struct apm_matrix *other)
{
	problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
		    "%s: free queues on %u card%s are chosen; with --spread cards, queues of the "
		    "host too, on %u cards", apm->command->name,
		    wish_spread_of(wish, chosen), wish_spread_of(wish, chosen) == 1 ? "" : "s",
		    wish_spread_of(wish, other));
}

/*
 * Free queues, with --reserve those of the host too: if there is no other way, or if
 * what --spread asks for is worth them.
 */
static bool find_some(struct apmatrix *apm, struct wish *wish, struct apm_matrix *chosen,
		      unsigned int *available)
{
	struct apm_matrix other;
	bool found;

	wish->from_host = false;
	found = wish_find(apm->snap, wish, chosen, available);
	if (!apm->given[OPT_RESERVE])
		return found;
	wish->from_host = true;
	if (!wish_find(apm->snap, wish, &other, available))
		return found;
	if (found && wish_spread_of(wish, &other) <= wish_spread_of(wish, chosen))
		return true;
	if (found && !apm->given[OPT_SPREAD]) {
		if (!wish->present)
			note_spread(apm, wish, chosen, &other);
		return true;
	}
	*chosen = other;
	return true;
}

bool choose_queues(struct apmatrix *apm, const struct matrix *matrix)
{
	struct wish wish = {
		.mode = apm->value[OPT_MODE], .generation = apm->value[OPT_GENERATION],
		.spread = str_is(apm->value[OPT_SPREAD], "domains") ? WISH_DOMAINS :
								      WISH_CARDS,
		.present = matrix ? matrix_content(matrix) : NULL,
	};
	enum wish_likeness last = apm->given[OPT_STRICT] ? WISH_SAME_TYPE : WISH_MIXED;
	struct complaint complaint = { 0 };
	struct apm_matrix chosen;
	unsigned int available, dim;
	unsigned long queues;
	bool found = false;

	parse_count(apm->value[OPT_QUEUES], 1, APM_MATRIX_APQNS, &queues, &complaint);
	complaint_free(&complaint);
	wish.queues = (unsigned int)queues;
	read_pool(apm);
	for (wish.likeness = WISH_SAME_TYPE; !found; wish.likeness++) {
		found = find_some(apm, &wish, &chosen, &available);
		if (wish.likeness == last)
			break;
	}
	if (!found) {
		report_none(apm, &wish, matrix, available);
		return false;
	}
	for (dim = APM_DIM_ADAPTER; dim <= APM_DIM_DOMAIN; dim++)
		apm->ids[dim] = (struct ids){
			.given = !apm_mask_empty(&chosen.dim[dim]), .set = chosen.dim[dim],
		};
	return true;
}
