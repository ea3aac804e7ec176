// SPDX-License-Identifier: GPL-2.0-only
/* list: one line for each matrix; the default command. */
#include "context/command.h"
#include "context/drift.h"
#include "context/reading.h"
#include "host/read-matrices.h"
#include "output/render-text.h"

static int run(struct apmatrix *apm)
{
	size_t i;

	read_all(apm);
	read_plan_drift(apm);
	for (i = 0; i < apm->snap->nr_matrices; i++) {
		const struct matrix *matrix = &apm->snap->matrices[i];

		if ((apm->given[OPT_ACTIVE] && !matrix->active) ||
		    (apm->given[OPT_DEFINED] && !matrix->defined))
			continue;
		if (apm->format == FORMAT_JSON && matrix_missing(matrix) > 0) {
			read_queues_of(apm, matrix);
			read_reasons(&apm->fs, apm->snap, &apm->snap->matrices[i]);
		}
		apm->report.different |= matrix_is_different(matrix);
		report_show(&apm->report, matrix->uuid);
	}
	return EXIT_CODE_OK;
}

static const enum option options[] = {
	OPT_ACTIVE, OPT_DEFINED, OPT_ALL, OPT_EXIT_CODE, OPT_NR
};

const struct command cmd_list = {
	.name = "list",
	.group = GROUP_LOOK,
	.operands = "",
	.summary = "list matrices",
	.description =
"ADAPTERS, DOMAINS and CONTROL are lists of IDs. ASSIGNED, GUEST and MISSING\n"
"count queues; MISSING are assigned and not in the guest. START says when a\n"
"matrix with a definition is started: at boot (auto) or by hand (manual). DRIFT is\n"
"there if a matrix differs from its definition or from the host's plan.\n"
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
