// SPDX-License-Identifier: GPL-2.0-only
/*
 * Several changes that do not need each other, one after the other. See
 * apmatrix.h. Each is all or nothing; together they may be done in part.
 */
#include <errno.h>

#include "context/apmatrix.h"

static bool was_interrupted(const struct parts *parts)
{
	size_t i;

	for (i = 0; i < parts->errors.nr; i++) {
		if (parts->errors.at[i].err == EINTR)
			return true;
	}
	return false;
}

bool parts_run(struct parts *parts, struct apmatrix *apm, struct targets *targets)
{
	size_t before = apm->report.nr_changes;
	bool done = false;

	if (was_interrupted(parts))
		return false;
	apm->report.rolled_back = false;
	if (!apm->report.errors.nr)
		done = transaction_run(apm, targets);
	parts->rolled_back |= apm->report.rolled_back;
	parts->changed |= done && apm->report.nr_changes > before;
	if (!done)
		report_drop_changes(&apm->report, before);
	problems_move(&parts->errors, &apm->report.errors);
	return done;
}

void parts_end(struct parts *parts, struct apmatrix *apm)
{
	struct report *report = &apm->report;
	size_t i;

	problems_move(&parts->errors, &report->errors);
	problems_move(&report->errors, &parts->errors);
	for (i = 0; i < report->errors.nr; i++)
		report->partial |= report->errors.at[i].code == EXIT_CODE_PARTIAL;
	report->partial |= parts->changed && report->errors.nr;
	report->changed = parts->changed;
	report->rolled_back = parts->rolled_back;
	report->different = report->changed;
}
