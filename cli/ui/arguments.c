// SPDX-License-Identifier: GPL-2.0-only
/* The command line, by the tables of options and commands. See arguments.h. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "context/command.h"
#include "lib/words.h"
#include "ui/arguments.h"

static const char *const format_words[FORMAT_NR] = {
	[FORMAT_TABLE] = "table",
	[FORMAT_JSON] = "json",
	[FORMAT_JSONL] = "jsonl",
	[FORMAT_PAIRS] = "pairs",
	[FORMAT_CSV] = "csv",
	[FORMAT_MASK] = "mask",
	[FORMAT_SVG] = "svg",
};

struct problem *arguments_error(struct apmatrix *apm, const char *format, ...)
{
	struct problem *problem;
	va_list args;

	va_start(args, format);
	problem = problem_vadd(&apm->report.errors, EXIT_CODE_USAGE, 0, NULL,
			       format, args);
	va_end(args);
	return problem;
}

static bool accepts(const struct command *command, enum option option)
{
	const enum option *own;

	if (option < OPT_GLOBAL_NR)
		return true;
	for (own = command->options; *own != OPT_NR; own++) {
		if (*own == option)
			return true;
	}
	return false;
}

static bool set_option(struct apmatrix *apm, enum option option,
		       const char *value)
{
	const struct option_desc *desc = &option_descs[option];
	struct complaint complaint = { 0 };
	unsigned int milliseconds;

	if (value && desc->argument == ARG_WORDS && !words_have(desc->words, value)) {
		problem_hint(arguments_error(apm, "--%s: unknown value \"%s\"",
					 desc->name, value),
			     "possible values: %s", desc->words);
		return false;
	}
	if (value && desc->argument == ARG_SECONDS &&
	    !parse_seconds(value, &milliseconds, &complaint)) {
		arguments_error(apm, "--%s: %s", desc->name, complaint.message);
		complaint_free(&complaint);
		return false;
	}
	if (value && desc->list && apm->value[option]) {
		char *joined = xasprintf("%s,%s", apm->value[option], value);

		free(apm->value[option]);
		apm->value[option] = joined;
	} else if (value) {
		free(apm->value[option]);
		apm->value[option] = xstrdup(value);
	}
	apm->given[option] = true;
	return true;
}

static int find_long(const char *name, size_t len)
{
	int i;

	for (i = 0; i < OPT_NR; i++) {
		if (strlen(option_descs[i].name) == len &&
		    !memcmp(option_descs[i].name, name, len))
			return i;
	}
	return -1;
}

static int find_letter(char letter)
{
	int i;

	for (i = 0; i < OPT_NR; i++) {
		if (option_descs[i].letter == letter)
			return i;
	}
	return -1;
}

static void refuse_option(struct apmatrix *apm, const char *name, size_t len)
{
	char *given = xstrndup(name, len);
	int resembling = option_resembling(given);
	struct problem *problem = arguments_error(apm, "unknown option --%s", given);

	if (resembling < 0)
		problem_hint(problem, "see apmatrix --help");
	else
		problem_hint(problem, "did you mean --%s?", option_descs[resembling].name);
	free(given);
}

/* --name, --name=value, --name value: how many arguments it took, 0 on error. */
static int take_long(struct apmatrix *apm, char **argv)
{
	const char *name = argv[0] + 2;
	size_t len = strcspn(name, "=");
	int option = find_long(name, len);
	const struct option_desc *desc;

	if (option < 0) {
		refuse_option(apm, name, len);
		return 0;
	}
	desc = &option_descs[option];
	if (desc->argument == ARG_NONE) {
		if (name[len]) {
			arguments_error(apm, "--%s takes no value", desc->name);
			return 0;
		}
		return set_option(apm, option, NULL);
	}
	if (name[len])
		return set_option(apm, option, name + len + 1);
	if (!argv[1]) {
		arguments_error(apm, "--%s needs a value: %s", desc->name,
			    desc->placeholder);
		return 0;
	}
	return set_option(apm, option, argv[1]) ? 2 : 0;
}

/* -q, -qv, -a 5, -a5 */
static int take_letters(struct apmatrix *apm, char **argv)
{
	const char *at;

	for (at = argv[0] + 1; *at; at++) {
		int option = find_letter(*at);

		if (option < 0) {
			problem_hint(arguments_error(apm, "unknown option -%c", *at),
				     "see apmatrix --help");
			return 0;
		}
		if (option_descs[option].argument == ARG_NONE) {
			if (!set_option(apm, option, NULL))
				return 0;
			continue;
		}
		if (at[1])
			return set_option(apm, option, at + 1);
		if (!argv[1]) {
			arguments_error(apm, "-%c needs a value: %s", *at,
				    option_descs[option].placeholder);
			return 0;
		}
		return set_option(apm, option, argv[1]) ? 2 : 0;
	}
	return 1;
}

static bool take_command(struct apmatrix *apm, const char *name)
{
	const struct command *resembling;
	struct problem *problem;

	apm->command = command_find(apm->commands, name);
	if (apm->command)
		return true;
	problem = arguments_error(apm, "unknown command \"%s\"", name);
	if (command_hint(name)) {
		problem_hint(problem, "%s", command_hint(name));
		return false;
	}
	resembling = command_resembling(apm->commands, name);
	if (resembling)
		problem_hint(problem, "did you mean %s? apmatrix --help lists the commands",
			     resembling->name);
	else
		problem_hint(problem, "apmatrix --help lists the commands");
	return false;
}

bool arguments_parse(struct apmatrix *apm, int argc, char **argv)
{
	bool only_operands = false;
	int i, took;

	apm->argc = argc;
	apm->argv = argv;
	apm->operands = xcalloc((size_t)argc, sizeof(*apm->operands));
	for (i = 1; i < argc; i += took) {
		took = 1;
		if (!only_operands && str_is(argv[i], "--"))
			only_operands = true;
		else if (!only_operands && !strncmp(argv[i], "--", 2))
			took = take_long(apm, argv + i);
		else if (!only_operands && argv[i][0] == '-' && argv[i][1])
			took = take_letters(apm, argv + i);
		else if (!apm->command)
			took = take_command(apm, argv[apm->command_word = i]);
		else
			apm->operands[apm->nr_operands++] = argv[i];
		if (!took)
			return false;
	}
	return true;
}

bool arguments_check(struct apmatrix *apm)
{
	const struct command *command = apm->command;
	unsigned int i;

	for (i = 0; i < OPT_NR; i++) {
		if (apm->given[i] && !accepts(command, i)) {
			problem_hint(arguments_error(apm, "%s: --%s is not an option of this command",
						 command->name, option_descs[i].name),
				     "see apmatrix %s --help", command->name);
			return false;
		}
	}
	if (apm->nr_operands < command->min_operands) {
		problem_hint(arguments_error(apm, "%s: missing %s", command->name,
					 command->operands),
			     "see apmatrix %s --help", command->name);
		return false;
	}
	if (apm->nr_operands > command->max_operands) {
		problem_hint(arguments_error(apm, "%s: unexpected argument \"%s\"",
					 command->name,
					 apm->operands[command->max_operands]),
			     "see apmatrix %s --help", command->name);
		return false;
	}
	return true;
}

bool arguments_choose_format(struct apmatrix *apm)
{
	const char *word = apm->value[OPT_FORMAT];
	const char *when = apm->value[OPT_COLOR];
	const char *no_color = getenv("NO_COLOR");
	struct winsize size;
	unsigned int i;

	if (apm->given[OPT_JSON])
		apm->format = FORMAT_JSON;
	for (i = 0; word && i < FORMAT_NR; i++) {
		if (str_is(format_words[i], word))
			apm->format = i;
	}
	apm->color = apm->format == FORMAT_TABLE &&
		     (str_is(when, "always") ||
		      (!str_is(when, "never") && isatty(STDOUT_FILENO) &&
		       !(no_color && *no_color) && !str_is(getenv("TERM"), "dumb")));
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		apm->width = size.ws_col;
	if (!words_have(apm->command->formats, format_words[apm->format])) {
		problem_hint(arguments_error(apm, "%s: unsupported format %s",
					 apm->command->name,
					 format_words[apm->format]),
			     "supported formats: %s", apm->command->formats);
		apm->format = FORMAT_TABLE;
		return false;
	}
	return true;
}
