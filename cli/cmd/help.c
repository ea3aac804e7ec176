// SPDX-License-Identifier: GPL-2.0-only
/* help: the list of commands, the help of one, or the common options. */
#include "context/error.h"
#include "ui/help.h"

static int run(struct apmatrix *apm)
{
	const char *topic = apm->nr_operands ? apm->operands[0] : NULL;

	if (!topic || str_is(topic, HELP_COMMANDS) || str_is(topic, HELP_OPTIONS) ||
	    command_find(apm->commands, topic))
		return EXIT_CODE_OK;
	problem_hint(report_error(apm, EXIT_CODE_USAGE, 0, "unknown command \"%s\"", topic),
		     "apmatrix help lists the commands");
	return EXIT_CODE_USAGE;
}

static void text(struct apmatrix *apm, FILE *out)
{
	if (!apm->nr_operands)
		help_overview(out);
	else if (str_is(apm->operands[0], HELP_COMMANDS))
		help_commands(apm->commands, out);
	else if (str_is(apm->operands[0], HELP_OPTIONS))
		help_options(out);
	else
		help_command(command_find(apm->commands, apm->operands[0]), out);
}

static const enum option options[] = { OPT_NR };

const struct command cmd_help = {
	.name = "help",
	.group = GROUP_MISC,
	.operands = "[COMMAND|" HELP_COMMANDS "|" HELP_OPTIONS "]",
	.operand = ARG_TOPIC,
	.max_operands = 1,
	.summary = "print help",
	.description =
"Without an operand it prints one screen. " HELP_COMMANDS " lists all commands, "
HELP_OPTIONS "\nprints the common options and the exit statuses.",
	.options = options,
	.formats = "table",
	.run = run,
	.text = text,
};
