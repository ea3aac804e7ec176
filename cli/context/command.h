/* SPDX-License-Identifier: GPL-2.0-only */
/* What a command declares of itself: names, help, options, and what it does. */
#ifndef APM_COMMAND_H
#define APM_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "context/option.h"
#include "core/term.h"

struct apmatrix;
struct targets;
struct text;

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
	enum argument operand;		/* their kind, for completion */
	const char *operand_words;	/* of ARG_WORDS, or what can stand beside, separated by | */
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
	bool while_unconfirmed;		/* also while a change waits for its confirmation */
	bool (*check)(struct apmatrix *apm);
	bool (*plan)(struct apmatrix *apm, struct targets *targets);
	/* prints text; NULL: nothing */
	void (*text)(struct apmatrix *apm, FILE *out);
};

extern const char *const command_group_titles[GROUP_NR];

/* By name, in a table that ends with NULL; NULL if there is none. */
const struct command *command_find(const struct command *const *commands,
				   const char *name);
/* The words of the command line from this number on, as they can be typed again. */
void command_line(const struct apmatrix *apm, int from, struct text *text);
/* The command with the most similar name, or NULL. */
const struct command *command_resembling(const struct command *const *commands,
					 const char *name);

/* What does here what other tools call name; NULL if it is no such word. */
const char *command_hint(const char *name);
/* The option that resembles a name (without dashes) most, or -1. */
int option_resembling(const char *name);

#endif
