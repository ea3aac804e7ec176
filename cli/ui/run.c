// SPDX-License-Identifier: GPL-2.0-only
/*
 * The program: dispatch, rendering, exit status. Nothing here knows
 * what a command does.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "change/transaction.h"
#include "context/module.h"
#include "context/select.h"
#include "core/wanted.h"
#include "lib/program.h"
#include "lib/signals.h"
#include "output/render-json.h"
#include "output/render.h"
#include "ui/arguments.h"
#include "ui/help.h"
#include "ui/run.h"

static bool changes(const struct apmatrix *apm)
{
	return (apm->command->plan || apm->command->group == GROUP_CHANGE) &&
	       !apm->given[OPT_DRY_RUN] && !str_is(apm->command->name, "plan") &&
	       !(apm->nr_operands && str_is(apm->operands[0], "show"));
}

/* Whoever lists matrices or changes one is told if the loaded module is not ours. */
static void warn_of_module(struct apmatrix *apm)
{
	if (apm->snap && (changes(apm) || str_is(apm->command->name, "list")))
		module_warn(apm);
}

static bool open_root(struct apmatrix *apm)
{
	const char *root = apm->value[OPT_ROOT];
	int ret;

	if (!root) {
		root = getenv("APMATRIX_ROOT");
		if (root && *root && changes(apm))
			problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
				    "APMATRIX_ROOT is set: the change is made below %s, "
				    "not on this machine", root);
	}
	ret = sysfs_open(&apm->fs, root, apm->ops);
	apm->fs.verbose = apm->given[OPT_VERBOSE];
	if (!ret)
		return true;
	if (ret == -ENAMETOOLONG)
		arguments_error(apm, "--root %s: longer than %u characters", root,
			    SYSFS_ROOT_MAX);
	else
		problem_add(&apm->report.errors, exit_code_from_errno(-ret), -ret,
			    "--root %s: %s", root, strerror(-ret));
	return false;
}

enum exit_code run_command(struct apmatrix *apm)
{
	enum exit_code code;
	int ret = 0;

	/* a command with run and plan decides itself */
	if (apm->command->run)
		ret = apm->command->run(apm);
	else
		transaction(apm);
	code = apm->report.partial ? EXIT_CODE_PARTIAL :
				     problems_code(&apm->report.errors);
	if (code == EXIT_CODE_OK)
		code = ret;
	if (code == EXIT_CODE_OK && apm->given[OPT_EXIT_CODE] &&
	    apm->report.different)
		code = EXIT_CODE_DIFFERENT;
	return code;
}

bool run_arguments(struct apmatrix *apm, int argc, char **argv)
{
	if (!arguments_parse(apm, argc, argv))
		return false;
	if (!apm->command) {
		arguments_error(apm, "no command given");
		return false;
	}
	return arguments_choose_format(apm) && arguments_check(apm);
}

void run_free(struct apmatrix *apm)
{
	unsigned int i;

	for (i = 0; i < OPT_NR; i++)
		free(apm->value[i]);
	free(apm->operands);
	names_free(&apm->guests);
	if (apm->file)
		plan_file_free(apm->file);
	free(apm->file);
	snapshot_free(apm->imports);
	snapshot_free(apm->snap);
	report_free(&apm->report);
}

/* A failed write of the output is an error, so that a script notices it. */
static void flush_output(struct apmatrix *apm)
{
	int error;

	errno = 0;
	if (!fflush(apm->out) && !ferror(apm->out))
		return;
	error = apm->output_error ? apm->output_error : errno;
	problem_add(&apm->report.errors, EXIT_CODE_FAILURE, error,
		    "cannot write the output%s%s", error ? ": " : "",
		    error ? strerror(error) : "");
}

/* Broken at words, where a terminal would break within them. */
static void put_messages(char *text)
{
	struct winsize size;
	unsigned int width = 0;
	char *line, *rest = NULL;

	if (isatty(STDERR_FILENO) && !ioctl(STDERR_FILENO, TIOCGWINSZ, &size))
		width = size.ws_col;
	if (!width) {
		fputs(text, stderr);
		return;
	}
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		put_wrapped(stderr, line, 0, width);
}

static void print_report(struct apmatrix *apm, bool ran)
{
	struct report *report = &apm->report;
	FILE *messages;
	char *text = NULL;
	size_t len = 0;

	if (apm->format == FORMAT_JSON && (apm->command || report->errors.nr))
		render_json(apm, apm->out);
	else if (ran && apm->command->text)
		apm->command->text(apm, apm->out);
	flush_output(apm);
	messages = open_memstream(&text, &len);
	if (!messages)
		return;
	if (!apm->given[OPT_QUIET]) {
		size_t i;

		for (i = 0; i < report->warnings.nr; i++) {
			const struct problem *warning = &report->warnings.at[i];

			fprintf(messages, "apmatrix: note: %s\n", warning->message);
			if (warning->hint)
				fprintf(messages, "hint: %s\n", warning->hint);
		}
	}
	problems_print(&report->errors, messages);
	if (report->rolled_back && !apm->given[OPT_QUIET])
		fprintf(messages, "apmatrix: rolled back: %s is as it was\n",
			report->changed ? "what failed" : "everything");
	if (!fclose(messages))
		put_messages(text);
	free(text);
}

static enum exit_code whole_run(struct apmatrix *apm, int argc, char **argv)
{
	enum exit_code code = EXIT_CODE_USAGE;
	bool parsed = arguments_parse(apm, argc, argv), ran = false;

	if (parsed && apm->given[OPT_VERSION]) {
		fprintf(apm->out, "apmatrix %s\n", APMATRIX_VERSION);
		print_report(apm, false);
		return problems_code(&apm->report.errors);
	}
	if (parsed && apm->given[OPT_HELP]) {
		if (apm->command)
			help_command(apm->command, apm->out);
		else
			help_overview(apm->out);
		apm->command = NULL;
		print_report(apm, false);
		return problems_code(&apm->report.errors);
	}
	if (!apm->command && parsed)
		apm->command = command_find(apm->commands, "list");
	if (!parsed)
		apm->format = apm->given[OPT_JSON] ||
			      str_is(apm->value[OPT_FORMAT], "json") ?
			      FORMAT_JSON : FORMAT_TABLE;
	else if (arguments_choose_format(apm) && arguments_check(apm) && open_root(apm) &&
		 select_guests(apm)) {
		code = run_command(apm);
		warn_of_module(apm);
		ran = true;
	}
	if (!ran)
		code = problems_code(&apm->report.errors);
	print_report(apm, ran && (!apm->report.errors.nr || apm->report.partial));
	return code == EXIT_CODE_OK ? problems_code(&apm->report.errors) : code;
}

int apmatrix_main(int argc, char **argv, const struct sysfs_ops *ops,
		  const struct command *const *commands)
{
	struct apmatrix apm = {
		.ops = ops, .commands = commands, .out = stdout,
	};
	enum exit_code code = whole_run(&apm, argc, argv);

	lock_drop(&apm.lock);
	signals_release();
	run_free(&apm);
	sysfs_close(&apm.fs);
	return (int)code;
}
