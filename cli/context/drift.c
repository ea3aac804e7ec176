// SPDX-License-Identifier: GPL-2.0-only
/* Machine and plan. See drift.h. */
#include <stdlib.h>
#include <string.h>

#include "context/drift.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/declare.h"
#include "format/plan-file.h"
#include "lib/paths.h"

static void note_absent(struct apmatrix *apm, const struct targets *targets)
{
	struct text names = { 0 };
	size_t i, nr = 0;

	for (i = 0; i < targets->nr; i++) {
		if (snapshot_find(apm->snap, targets->at[i].uuid))
			continue;
		if (nr++ < 3)
			text_addf(&names, "%s%s", names.len ? ", " : "",
				  targets_title(targets, apm->snap, targets->at[i].uuid));
	}
	if (nr > 3)
		text_addf(&names, " and %zu more", nr - 3);
	if (nr)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "only in the host's plan: %s; see apmatrix plan", text_str(&names));
	apm->report.different |= nr > 0;
	text_free(&names);
}

void read_plan_drift(struct apmatrix *apm)
{
	static const struct declare_rules rules = { .partial = true };
	struct complaint complaint = { 0 };
	struct problems errors = { 0 }, ignored = { 0 };
	struct targets targets = { 0 };
	int ret = select_host_plan(apm, &complaint);
	size_t i;

	if (ret)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    PLAN_FILE ": %s: whether the host differs from it is unknown",
			    complaint.message ? complaint.message : strerror(-ret));
	complaint_free(&complaint);
	if (ret || !apm->file)
		return;
	/* the pool is compared by check: it needs all queues */
	if (apm->file->pool) {
		free(apm->file->pool);
		apm->file->pool = NULL;
	}
	declare(apm->snap, apm->file, &rules, "plan", &targets, &errors, &ignored);
	for (i = 0; i < apm->snap->nr_matrices; i++)
		apm->snap->matrices[i].plan_drift =
			targets_find(&targets, apm->snap->matrices[i].uuid) != NULL;
	note_absent(apm, &targets);
	targets_free(&targets);
	problems_free(&errors);
	problems_free(&ignored);
}

bool matrix_is_different(const struct matrix *matrix)
{
	return matrix_missing(matrix) > 0 || matrix_drifts(matrix) || matrix->plan_drift > 0;
}
