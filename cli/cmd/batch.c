// SPDX-License-Identifier: GPL-2.0-only
/*
 * batch: runs commands from a file; with --atomic as one change, so that each guest
 * has one update and a failure undoes all.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "change/transaction.h"
#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "host/input.h"
#include "lib/signals.h"
#include "lib/words.h"
#include "output/render-text.h"
#include "ui/run.h"

struct line {
	char *where;		/* FILE:LINE */
	struct names words;	/* begin with the program's name, end with NULL */
	struct apmatrix apm;
};

struct batch {
	struct line *at;
	size_t nr;
	struct names told;	/* warnings of earlier lines */
};

/* Options that apply to the whole batch, not to a line. */
static const enum option whole_options[] = {
	OPT_DRY_RUN, OPT_ROOT, OPT_FORMAT, OPT_JSON, OPT_LOCK_TIMEOUT, OPT_NR
};
static const enum option atomic_options[] = {
	OPT_ALLOW_LOSS, OPT_STRICT, OPT_FORCE, OPT_WAIT_GUEST, OPT_NR
};

/* Moves the problems of a line to the batch, with the place of the line. */
static void take_problems(struct problems *to, struct problems *from,
			  const char *where)
{
	size_t i;

	for (i = 0; i < from->nr; i++) {
		char *message = xasprintf("%s: %s", where, from->at[i].message);

		free(from->at[i].message);
		from->at[i].message = message;
	}
	problems_move(to, from);
}

/* Warnings that no earlier line has given. */
static void take_warnings(struct problems *to, struct problems *from, const char *where,
			  struct names *told)
{
	size_t i;

	for (i = 0; i < from->nr;) {
		if (names_has(told, from->at[i].message))
			problems_drop(from, i);
		else
			names_add(told, from->at[i++].message);
	}
	take_problems(to, from, where);
}

static void take_report(struct apmatrix *apm, struct line *line, struct names *told)
{
	struct report *from = &line->apm.report, *to = &apm->report;
	size_t i, j;

	take_warnings(&to->warnings, &from->warnings, line->where, told);
	take_problems(&to->errors, &from->errors, line->where);
	problems_move(&to->findings, &from->findings);
	to->changed |= from->changed;
	to->rolled_back |= from->rolled_back;
	for (i = 0; i < from->nr_changes; i++) {
		struct change *change = &from->changes[i];
		struct change *copy = report_change(to, change->uuid,
						    change->field);

		/* strings and all */
		*copy = *change;
		change->queue = change->from = change->to = NULL;
	}
	from->nr_changes = 0;
	for (i = 0; i < from->nr_guests; i++) {
		struct guest_change *guest = report_guest_change(to, from->guests[i].uuid);

		*guest = from->guests[i];
		from->guests[i].name = NULL;
	}
	for (i = 0; i < from->nr_shown; i++) {
		for (j = 0; j < to->nr_shown; j++) {
			if (str_is(to->shown[j], from->shown[i]))
				break;
		}
		if (j == to->nr_shown)
			report_show(to, from->shown[i]);
	}
}

static bool refuse_options(struct line *line, const enum option *options)
{
	for (; *options != OPT_NR; options++) {
		if (!line->apm.given[*options])
			continue;
		problem_hint(report_error(&line->apm, EXIT_CODE_USAGE, 0,
					  "--%s is an option of the whole batch",
					  option_descs[*options].name),
			     "use apmatrix batch --%s",
			     option_descs[*options].name);
		return false;
	}
	return true;
}

static bool check_line(struct apmatrix *apm, struct line *line)
{
	const struct command *command;

	line->apm.whole = apm;
	line->apm.ops = apm->ops;
	line->apm.commands = apm->commands;
	line->apm.fs = apm->fs;
	line->apm.out = apm->out;
	if (!run_arguments(&line->apm, (int)line->words.nr - 1, line->words.at) ||
	    !select_guests(&line->apm))
		return false;
	command = line->apm.command;
	if (!refuse_options(line, whole_options) ||
	    (apm->given[OPT_ATOMIC] && !refuse_options(line, atomic_options)))
		return false;
	if ((command->group == GROUP_CHANGE && command->plan && !command->run) ||
	    (!apm->given[OPT_ATOMIC] && command->group != GROUP_MISC &&
	     command != apm->command))
		return true;
	problem_hint(report_error(&line->apm, EXIT_CODE_USAGE, 0,
				  "not possible in a batch"),
		     apm->given[OPT_ATOMIC] ?
		     "--atomic accepts only commands that change matrices, see apmatrix --help" :
		     "see apmatrix --help");
	return false;
}

/* All lines are checked before the first one runs. */
static bool read_lines(struct apmatrix *apm, const char *name,
		       const struct text *text, struct batch *batch)
{
	const char *at = text_str(text), *end = at + text->len;
	unsigned int number = 0;
	bool good = true;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((stop ? stop : end) - at);
		struct complaint complaint = { 0 };
		struct line line = { 0 };
		bool split;

		line.where = xasprintf("%s:%u", name, ++number);
		names_add(&line.words, "apmatrix");
		split = !memchr(at, '\0', len) &&
			words_split(at, len, &line.words, &complaint);
		if (!split) {
			report_error(apm, EXIT_CODE_USAGE, 0, "%s: %s", line.where,
				     complaint.message ? complaint.message :
				     "not a text");
			good = false;
		}
		complaint_free(&complaint);
		at += len + 1;
		if (!split || line.words.nr == 1) {
			free(line.where);
			names_free(&line.words);
			continue;
		}
		/* export --as shell writes the program name */
		if (str_is(line.words.at[1], "apmatrix")) {
			free(line.words.at[1]);
			memmove(line.words.at + 1, line.words.at + 2,
				(line.words.nr - 2) * sizeof(*line.words.at));
			line.words.nr--;
		}
		names_add(&line.words, "");
		free(line.words.at[line.words.nr - 1]);
		line.words.at[line.words.nr - 1] = NULL;
		batch->at = xrealloc(batch->at, batch->nr + 1,
				     sizeof(*batch->at));
		batch->at[batch->nr] = line;
		if (!check_line(apm, &batch->at[batch->nr])) {
			take_report(apm, &batch->at[batch->nr], &batch->told);
			good = false;
		}
		batch->nr++;
	}
	return good;
}

static bool read_batch(struct apmatrix *apm, struct batch *batch)
{
	const char *name = apm->nr_operands ? apm->operands[0] : "-";
	struct text text = { 0 };
	int ret = input_read(name, &text);
	bool good = false;

	if (ret)
		report_unreadable(apm, name, ret);
	else
		good = read_lines(apm, name, &text, batch);
	text_free(&text);
	return good;
}

static void free_batch(struct batch *batch)
{
	size_t i;

	for (i = 0; i < batch->nr; i++) {
		run_free(&batch->at[i].apm);
		names_free(&batch->at[i].words);
		free(batch->at[i].where);
	}
	free(batch->at);
	names_free(&batch->told);
}

/* one after the other */

static bool run_line(struct apmatrix *apm, struct line *line, struct names *told)
{
	enum exit_code code;

	line->apm.given[OPT_DRY_RUN] = apm->given[OPT_DRY_RUN];
	line->apm.given[OPT_QUIET] |= apm->given[OPT_QUIET];
	line->apm.given[OPT_VERBOSE] |= apm->given[OPT_VERBOSE];
	line->apm.fs.verbose = line->apm.given[OPT_VERBOSE];
	/* the lines are one change for undo */
	memcpy(line->apm.record, apm->record, sizeof(apm->record));
	code = run_command(&line->apm);
	memcpy(apm->record, line->apm.record, sizeof(apm->record));
	if (!line->apm.report.errors.nr && apm->format != FORMAT_JSON &&
	    line->apm.command->text)
		line->apm.command->text(&line->apm, apm->out);
	/* signals are unblocked here */
	fflush(apm->out);
	signals_release();
	snapshot_free(apm->snap);
	apm->snap = line->apm.snap;
	line->apm.snap = NULL;
	take_report(apm, line, told);
	return code == EXIT_CODE_OK;
}

static void run_lines(struct apmatrix *apm, struct batch *batch)
{
	struct targets lasting = { 0 };
	size_t i;

	apm->lasting = &lasting;
	for (i = 0; i < batch->nr; i++) {
		if (!run_line(apm, &batch->at[i], &batch->told) && !apm->given[OPT_KEEP_GOING])
			break;
	}
	apm->lasting = NULL;
	transaction_lasting(apm, &lasting);
}

/* all as one */

static bool plan_lines(struct apmatrix *apm, struct batch *batch,
		       struct targets *targets)
{
	size_t i;

	for (i = 0; i < batch->nr; i++) {
		struct line *line = &batch->at[i];
		const struct command *command = line->apm.command;
		bool good = !command->check || command->check(&line->apm);

		line->apm.snap = apm->snap;
		good = good && command->plan(&line->apm, targets);
		apm->given[OPT_ANY_OWNER] |= line->apm.given[OPT_ANY_OWNER];
		line->apm.snap = NULL;
		take_report(apm, line, &batch->told);
		if (!good)
			return false;
	}
	return true;
}

static void run_atomic(struct apmatrix *apm, struct batch *batch)
{
	struct targets targets = { 0 };

	if (transaction_begin(apm) && plan_lines(apm, batch, &targets))
		transaction_run(apm, &targets);
	transaction_end(apm);
	targets_free(&targets);
}

static int run(struct apmatrix *apm)
{
	struct batch batch = { 0 };

	apm->report.dry_run = apm->given[OPT_DRY_RUN];
	if (read_batch(apm, &batch)) {
		if (apm->given[OPT_ATOMIC])
			run_atomic(apm, &batch);
		else
			run_lines(apm, &batch);
	}
	free_batch(&batch);
	return EXIT_CODE_OK;
}

/* Without --atomic each line has printed its own result. */
static void text(struct apmatrix *apm, FILE *out)
{
	if (apm->given[OPT_ATOMIC])
		render_changes(apm, out);
}

static bool check(struct apmatrix *apm)
{
	static const enum option either[] = {
		OPT_ATOMIC, OPT_KEEP_GOING, OPT_NR
	};
	const enum option *option;

	for (option = atomic_options; *option != OPT_NR; option++) {
		if (apm->given[*option] && !apm->given[OPT_ATOMIC]) {
			report_error(apm, EXIT_CODE_USAGE, 0,
				     "--%s needs --atomic; otherwise use it in a line",
				     option_descs[*option].name);
			return false;
		}
	}
	return select_one_of(apm, either);
}

static int run_checked(struct apmatrix *apm)
{
	return check(apm) ? run(apm) : EXIT_CODE_USAGE;
}

static const enum option options[] = {
	OPT_ATOMIC, OPT_KEEP_GOING, OPT_ALLOW_LOSS, OPT_STRICT, OPT_FORCE, OPT_WAIT_GUEST,
	OPT_NR
};

const struct command cmd_batch = {
	.name = "batch",
	.group = GROUP_PLAN,
	.operands = "[FILE]",
	.operand = ARG_FILE,
	.max_operands = 1,
	.summary = "run commands from a file",
	.description =
"Reads one command per line from FILE or standard input. Quotes keep words\n"
"together, # begins a comment. All lines are checked before the first one runs.\n"
"With --atomic they are one change: one lock, one update for each guest.",
	.options = options,
	.formats = "table|json",
	.examples =
"  printf 'unassign web1 -a 7\\nassign db1 -a 7\\n' | apmatrix batch --atomic\n"
"  apmatrix batch commands --keep-going",
	.run = run_checked,
	.text = text,
};
