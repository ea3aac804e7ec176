// SPDX-License-Identifier: GPL-2.0-only
/* grid: adapters by domains. */
#include "context/command.h"
#include "context/reading.h"
#include "host/read-queues.h"
#include "output/grid.h"

static enum grid_by chosen_by(const struct apmatrix *apm)
{
	const char *by = apm->value[OPT_BY];

	if (str_is(by, "state"))
		return GRID_BY_STATE;
	return str_is(by, "driver") ? GRID_BY_DRIVER : GRID_BY_OWNER;
}

static void text(struct apmatrix *apm, FILE *out)
{
	struct grid grid;

	grid_begin(&grid, apm->snap, chosen_by(apm), apm->given[OPT_ALL_IDS]);
	if (apm->format == FORMAT_SVG)
		grid_svg(&grid, out);
	else if (!apm_mask_empty(&grid.view.adapters))
		grid_text(&grid, apm, out);
	else if (!apm->given[OPT_QUIET])
		fputs("no AP queues\n", stderr);
	grid_end(&grid);
}

static int run(struct apmatrix *apm)
{
	read_all(apm);
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, NULL);
	apm->report.queues = true;
	return EXIT_CODE_OK;
}

static const enum option options[] = { OPT_BY, OPT_ALL_IDS, OPT_NR };

const struct command cmd_grid = {
	.name = "grid",
	.group = GROUP_LOOK,
	.operands = "",
	.summary = "show adapters by domains",
	.description =
"Rows are adapters, columns are domains, both hexadecimal. A capital letter is\n"
"the matrix that has the queue; a small letter means that it is withheld from\n"
"guests. --format svg writes a picture.",
	.options = options,
	.formats = "table|json|svg",
	.examples =
"  apmatrix grid\n"
"  apmatrix grid --by state\n"
"  apmatrix grid --format svg >queues.svg",
	.run = run,
	.text = text,
};
