/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tables: every option and every command, once. --help, usage errors,
 * completion and the man pages' test all read them; nothing about the command
 * line is written down a second time.
 */
#ifndef APM_COMMAND_H
#define APM_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/term.h"

struct apmatrix;
struct targets;

enum option {
	/* global: before or after the command */
	OPT_FORMAT,
	OPT_JSON,
	OPT_COLOR,
	OPT_NO_PAGER,
	OPT_NO_HEADINGS,
	OPT_QUIET,
	OPT_VERBOSE,
	OPT_DRY_RUN,
	OPT_TIMEOUT,
	OPT_LOCK_TIMEOUT,
	OPT_ROOT,
	OPT_VERSION,
	OPT_HELP,
	OPT_GLOBAL_NR,

	/* what to change */
	OPT_ADAPTERS = OPT_GLOBAL_NR,
	OPT_DOMAINS,
	OPT_CONTROL_DOMAINS,
	OPT_WITH_CONTROL,
	OPT_UUID,
	OPT_OWNER,
	OPT_COMMENT,
	OPT_AUTO,
	OPT_MANUAL,
	OPT_TRANSIENT,
	OPT_PERSIST,
	OPT_RUNTIME_ONLY,
	OPT_IF_ABSENT,
	OPT_IF_PRESENT,
	OPT_PRINT_UUID,
	OPT_KEEP_DEFINITION,
	OPT_FORCE,
	OPT_ANY_OWNER,
	OPT_ALLOW_LOSS,
	OPT_WAIT_GUEST,
	OPT_APQN,
	OPT_METHOD,
	OPT_ALLOW_EXTRA,
	OPT_PRUNE,
	OPT_EXPECT,
	OPT_PARTIAL,
	OPT_AS,
	OPT_FROM,
	OPT_REPLACE,
	OPT_TARGET,
	OPT_KEEP_GOING,
	OPT_ATOMIC,

	/* what to show */
	OPT_ACTIVE,
	OPT_DEFINED,
	OPT_ALL,
	OPT_FIELD,
	OPT_FREE,
	OPT_UNBOUND,
	OPT_OF,
	OPT_BY,
	OPT_ALL_IDS,
	OPT_EXIT_CODE,

	/* what to follow */
	OPT_TIMESTAMPS,
	OPT_POLL,
	OPT_COUNT,
	OPT_GUEST_HAS,
	OPT_GUEST_EQUALS,
	OPT_STATE,
	OPT_GONE,
	OPT_BOUND,
	OPT_BOOT,
	OPT_NR
};

/* What an argument is, for completion. */
enum argument {
	ARG_NONE,
	ARG_IDS,
	ARG_FILE,
	ARG_DIRECTORY,
	ARG_SECONDS,
	ARG_TEXT,
	ARG_WORDS,	/* one of the words in `words`, separated by | */
	ARG_MATRIX,
	ARG_APQN,
};

struct option_desc {
	const char *name;	/* without the dashes */
	char letter;		/* 0: none */
	enum argument argument;
	const char *placeholder;	/* IDS, FILE, ... */
	const char *words;
	const char *help;
	bool list;		/* given again, it is added with a comma */
};

extern const struct option_desc option_descs[OPT_NR];

enum command_group {
	GROUP_LOOK,
	GROUP_CHANGE,
	GROUP_PLAN,
	GROUP_HOST,
	GROUP_MISC,
	GROUP_NR
};

struct command {
	const char *name;
	enum command_group group;
	const char *operands;		/* "MATRIX [APQN...]" */
	enum argument operand;		/* what they are, for completion */
	const char *operand_words;	/* of ARG_WORDS, separated by | */
	unsigned int min_operands;
	unsigned int max_operands;	/* ~0u: any number */
	const char *summary;		/* one line, no full stop */
	const char *description;	/* paragraphs, lines of 76 columns at most */
	const enum option *options;	/* own ones, ends with OPT_NR */
	const char *formats;		/* accepted by --format, separated by | */
	const char *examples;		/* lines */
	const char *terms_title;	/* or NULL */
	const struct help_term *terms;	/* ends with a word of NULL */
	/*
	 * A command that looks has run(). One that changes has check(), which
	 * looks at nothing but the command line, and plan(), which says under the
	 * lock what should be; the rest is the same for all of them. They return
	 * an exit status, or false after an error.
	 */
	int (*run)(struct apmatrix *apm);
	bool (*check)(struct apmatrix *apm);
	bool (*plan)(struct apmatrix *apm, struct targets *targets);
	/* what a person sees; NULL: nothing */
	void (*text)(struct apmatrix *apm, FILE *out);
};

extern const struct command *const commands[];
extern const char *const command_group_titles[GROUP_NR];

const struct command *command_find(const char *name);
/* The known command that resembles a name most, or NULL. */
const struct command *command_resembling(const char *name);

/* help.c */
/* The operand of help for the common options and the exit statuses. */
#define HELP_OPTIONS	"options"
void help_overview(FILE *out);
void help_options(FILE *out);
void help_command(const struct command *command, FILE *out);

#endif
