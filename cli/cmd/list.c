// SPDX-License-Identifier: GPL-2.0-only
/* list: one line for each matrix; the default command. */
#include <string.h>

#include "context/command.h"
#include "context/drift.h"
#include "context/reading.h"
#include "context/select.h"
#include "host/read-matrices.h"
#include "output/render-text.h"

static int run(struct apmatrix *apm)
{
	size_t i, nr;

	read_all(apm);
	read_plan_drift(apm);
	if (!select_matrices(apm))
		return EXIT_CODE_NOT_FOUND;
	select_order(apm);
	nr = apm->report.nr_shown;
	apm->report.nr_shown = 0;
	for (i = 0; i < nr; i++) {
		struct matrix *matrix = snapshot_find(apm->snap, apm->report.shown[i]);

		if ((apm->given[OPT_ACTIVE] && !matrix->active) ||
		    (apm->given[OPT_DEFINED] && !matrix->defined))
			continue;
		if (apm->format == FORMAT_JSON && matrix_missing(matrix) > 0) {
			read_queues_of(apm, matrix);
			read_reasons(&apm->fs, apm->snap, matrix);
		}
		apm->report.different |= matrix_is_different(matrix);
		memmove(apm->report.shown[apm->report.nr_shown++], matrix->uuid, UUID_LEN + 1);
	}
	return EXIT_CODE_OK;
}

static const enum option options[] = {
	OPT_ACTIVE, OPT_DEFINED, OPT_ALL, OPT_EXIT_CODE, OPT_NR
};

const struct command cmd_list = {
	.name = "list",
	.group = GROUP_LOOK,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "list matrices",
	.description =
"ASSIGNED, IN-GUEST and MISSING count queues: IN-GUEST those that a running guest\n"
"has, MISSING those that are assigned and that the guest lacks, or would lack.\n"
"START is auto (at boot) or manual, if the matrix has a definition. DRIFT is there\n"
"if a matrix differs from its definition or from the host's plan.\n"
"--exit-code: 9 if queues are missing or a matrix differs.",
	.options = options,
	.formats = "table|json|jsonl|pairs|csv",
	.examples =
"  apmatrix\n"
"  apmatrix list --active --no-headings\n"
"  apmatrix list --json | jq '.matrices[].uuid'",
	.run = run,
	.text = render_list,
};
