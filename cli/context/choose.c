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

/* More than one card, or domain; for a matrix that has queues, at least one more. */
static bool is_spread(const struct wish *wish, const struct apm_matrix *chosen)
{
	bool grows = wish->present && !apm_matrix_empty(wish->present);

	return wish_spread_of(wish, chosen) >= (grows || wish->queues == 1 ? 1u : 2u);
}

/* What --spread asks for cannot be met: a note, or with --strict an error. */
static bool report_spread(struct apmatrix *apm, const struct wish *wish)
{
	const char *over = wish->spread == WISH_CARDS ? "cards" : "domains";
	bool grows = wish->present && !apm_matrix_empty(wish->present);
	const char *from = apm->given[OPT_RESERVE] ? "" : "free ";
	const char *s = wish->queues == 1 ? "" : "s";
	struct text what = { 0 };

	if (grows)
		text_addf(&what, "--spread %s: no %squeues%s on further %s add %u queue%s", over,
			  from, apm->given[OPT_STRICT] ? " that are alike" : "", over,
			  wish->queues, s);
	else
		text_addf(&what, "--spread %s: there are no %u %squeues%s on several %s", over,
			  wish->queues, from,
			  apm->given[OPT_STRICT] ? " that are alike" : "", over);
	if (apm->given[OPT_STRICT])
		problem_hint(report_error(apm, EXIT_CODE_NOT_FOUND, 0, "%s", text_str(&what)),
			     "omit --strict, or --spread%s", apm->given[OPT_RESERVE] ? "" :
			     "; with --reserve queues of the host are chosen too");
	else
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0, "%s: %s; %s",
			    apm->command->name, text_str(&what), wish->spread == WISH_CARDS ?
			    (grows ? "domains are added" : "they are on one card") :
			    (grows ? "adapters are added" : "they are in one domain"));
	text_free(&what);
	return !apm->given[OPT_STRICT];
}

/*
 * The first likeness that gives anything; with --spread the one that spreads most, of
 * those the first. With --strict only the first likeness.
 */
static bool find_best(struct apmatrix *apm, struct wish *wish, struct apm_matrix *chosen,
		      unsigned int *available)
{
	enum wish_likeness last = apm->given[OPT_STRICT] ? WISH_SAME_TYPE : WISH_MIXED;
	struct apm_matrix other;
	bool found = false;

	for (wish->likeness = WISH_SAME_TYPE; ; wish->likeness++) {
		if (find_some(apm, wish, &other, available) &&
		    (!found || wish_spread_of(wish, &other) > wish_spread_of(wish, chosen))) {
			*chosen = other;
			found = true;
		}
		if (wish->likeness == last || (found && !apm->given[OPT_SPREAD]))
			return found;
	}
}

bool choose_queues(struct apmatrix *apm, const struct matrix *matrix)
{
	struct wish wish = {
		.mode = apm->value[OPT_MODE], .generation = apm->value[OPT_GENERATION],
		.spread = str_is(apm->value[OPT_SPREAD], "domains") ? WISH_DOMAINS :
								      WISH_CARDS,
		.present = matrix ? matrix_content(matrix) : NULL,
	};
	struct complaint complaint = { 0 };
	struct apm_matrix chosen;
	unsigned int available, dim;
	unsigned long queues;

	parse_count(apm->value[OPT_QUEUES], 1, APM_MATRIX_APQNS, &queues, &complaint);
	complaint_free(&complaint);
	wish.queues = (unsigned int)queues;
	read_pool(apm);
	if (!find_best(apm, &wish, &chosen, &available)) {
		report_none(apm, &wish, matrix, available);
		return false;
	}
	if (apm->given[OPT_SPREAD] && !is_spread(&wish, &chosen) && !report_spread(apm, &wish))
		return false;
	for (dim = APM_DIM_ADAPTER; dim <= APM_DIM_DOMAIN; dim++)
		apm->ids[dim] = (struct ids){
			.given = !apm_mask_empty(&chosen.dim[dim]), .set = chosen.dim[dim],
		};
	return true;
}
