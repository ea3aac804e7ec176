// SPDX-License-Identifier: GPL-2.0-only
/*
 * doctor: finds problems of this host. Each finding has a stable word for scripts
 * and for the manual.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "change/transaction.h"
#include "cmd/doctor-machine.h"
#include "cmd/doctor-state.h"
#include "context/command.h"
#include "context/reading.h"
#include "host/read-queues.h"
#include "output/render-text.h"

static int run(struct apmatrix *apm)
{
	struct doctor doctor = { .apm = apm };
	size_t i;

	/* a change that changes nothing mends what is there */
	if (apm->given[OPT_FIX]) {
		bool begun = transaction_begin(apm);

		transaction_end(apm);
		if (!begun)
			return EXIT_CODE_OK;
	} else {
		read_all(apm);
	}
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, NULL);
	read_overrides(&apm->fs, apm->snap);
	kmodule_look(&apm->fs, "vfio_ap", &doctor.module);
	doctor_machine(&doctor);
	doctor_module(&doctor);
	doctor_pool(&doctor);
	doctor_matrices(&doctor);
	doctor_neighbours(&doctor);
	kmodule_free(&doctor.module);
	read_profile(apm);
	for (i = 0; i < apm->report.findings.nr; i++)
		apm->report.different = apm->report.different ||
					apm->report.findings.at[i].serious;
	return EXIT_CODE_OK;
}

static void text(struct apmatrix *apm, FILE *out)
{
	const struct problems *findings = &apm->report.findings;
	size_t i, serious = 0;

	render_findings(apm, out);
	for (i = 0; i < findings->nr; i++)
		serious += findings->at[i].serious;
	if (serious)
		fprintf(out, "%zu problem%s found\n",
			serious, serious == 1 ? "" : "s");
	else
		fputs("no problems found\n", out);
}

static const enum option options[] = { OPT_FIX, OPT_EXIT_CODE, OPT_NR };

const struct command cmd_doctor = {
	.name = "doctor",
	.group = GROUP_HOST,
	.operands = "",
	.summary = "find problems of this host",
	.description =
"Inspects the machine, the kernel, the vfio_ap module, the pool, the lock, the\n"
"matrices, their definitions, and files of other tools. It changes nothing,\n"
"unless --fix is given: then a change that was killed is completed or undone.\n"
"The exit status is 0 also if problems are found; with --exit-code it is 9 then.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix doctor\n"
"  apmatrix doctor --exit-code || mail -s doctor root",
	.terms_title = "Findings",
	.terms = doctor_terms,
	.while_unconfirmed = true,
	.run = run,
	.text = text,
};
