// SPDX-License-Identifier: GPL-2.0-only
/* list: one line per matrix. What apmatrix does when nothing is said. */
#include "context/apmatrix.h"

static int run(struct apmatrix *apm)
{
	size_t i;

	read_all(apm);
	for (i = 0; i < apm->snap->nr_matrices; i++) {
		const struct matrix *matrix = &apm->snap->matrices[i];

		if ((apm->given[OPT_ACTIVE] && !matrix->active) ||
		    (apm->given[OPT_DEFINED] && !matrix->defined))
			continue;
		if (apm->format == FORMAT_JSON && matrix_missing(matrix) > 0) {
			read_queues_of(apm, matrix);
			read_reasons(&apm->fs, apm->snap, &apm->snap->matrices[i]);
		}
		report_show(&apm->report, matrix->uuid);
	}
	return EXIT_CODE_OK;
}

static const enum option options[] = {
	OPT_ACTIVE, OPT_DEFINED, OPT_ALL, OPT_NR
};

const struct command cmd_list = {
	.name = "list",
	.group = GROUP_LOOK,
	.operands = "",
	.summary = "one line for each matrix",
	.description =
"ADAPTERS, DOMAINS and CONTROL are lists of ids. ASSIGNED, GUEST and MISSING\n"
"count queues: MISSING are those that are assigned and that the guest does not\n"
"have (or would not have, if it was started now). START tells when a matrix\n"
"with a definition becomes active: at boot (auto) or by hand (manual). On a\n"
"terminal that is too narrow, UUID is left out if each matrix has a name. In\n"
"JSON lines ids are arrays of integers and counts are integers.",
	.options = options,
	.formats = "table|json|jsonl|pairs|csv",
	.examples =
"  apmatrix\n"
"  apmatrix list --active --no-headings\n"
"  apmatrix list --json | jq '.matrices[].uuid'",
	.run = run,
	.text = render_list,
};
