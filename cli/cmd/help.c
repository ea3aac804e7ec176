// SPDX-License-Identifier: GPL-2.0-only
/* help: the same as --help. */
#include "context/apmatrix.h"
#include "ui/completion.h"

static int run(struct apmatrix *apm)
{
	if (!apm->nr_operands && apm->format == FORMAT_MAN) {
		report_error(apm, EXIT_CODE_USAGE, 0,
			     "there is a page for each command, and none is named");
		return EXIT_CODE_USAGE;
	}
	if (!apm->nr_operands || command_find(apm->operands[0]))
		return EXIT_CODE_OK;
	problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
				  "there is no command \"%s\"", apm->operands[0]),
		     "apmatrix help lists all");
	return EXIT_CODE_USAGE;
}

static void text(struct apmatrix *apm, FILE *out)
{
	if (apm->format == FORMAT_MAN)
		manual_command(command_find(apm->operands[0]), out);
	else if (apm->nr_operands)
		help_command(command_find(apm->operands[0]), out);
	else
		help_overview(out);
}

static const enum option options[] = { OPT_NR };

const struct command cmd_help = {
	.name = "help",
	.group = GROUP_MISC,
	.operands = "[COMMAND]",
	.operand = ARG_TEXT,
	.max_operands = 1,
	.summary = "print help",
	.description =
"The same as --help. With --format man, the manual page of a command.",
	.options = options,
	.formats = "table|man",
	.run = run,
	.text = text,
};
