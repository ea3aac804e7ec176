/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every option, once: the command line, --help, usage errors and completion read
 * this table.
 */
#ifndef APM_OPTION_H
#define APM_OPTION_H

#include <stdbool.h>

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
	OPT_STRICT,
	OPT_WAIT_GUEST,
	OPT_CONFIRM,
	OPT_UNCONFIRMED,
	OPT_APQN,
	OPT_METHOD,
	OPT_ALLOW_EXTRA,
	OPT_SELECT,
	OPT_PRUNE,
	OPT_EXPECT,
	OPT_PARTIAL,
	OPT_AS,
	OPT_FROM,
	OPT_REPLACE,
	OPT_TARGET,
	OPT_KEEP_GOING,
	OPT_ATOMIC,
	OPT_QUEUES,
	OPT_MODE,
	OPT_GENERATION,
	OPT_SPREAD,
	OPT_RESERVE,
	OPT_FIX,

	/* what to show */
	OPT_ACTIVE,
	OPT_DEFINED,
	OPT_ALL,
	OPT_FIELD,
	OPT_FREE,
	OPT_UNBOUND,
	OPT_OF,
	OPT_COLUMNS,
	OPT_SORT,
	OPT_BY,
	OPT_ALL_IDS,
	OPT_EXIT_CODE,

	/* what to follow */
	OPT_TIMESTAMPS,
	OPT_POLL,
	OPT_COUNT,
	OPT_JOURNAL,
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
	ARG_TOPIC,	/* a command, or another topic of help */
	ARG_FILE,
	ARG_DIRECTORY,
	ARG_SECONDS,
	ARG_TEXT,
	ARG_WORDS,	/* one of the words in `words`, separated by | */
	ARG_WORD_LIST,	/* some of them, separated by commas */
	ARG_MATRIX,
	ARG_APQN,
};

struct option_desc {
	const char *name;	/* without the dashes */
	char letter;		/* 0: none */
	enum argument argument;
	const char *placeholder;	/* IDS, FILE, ... */
	const char *words;	/* of IDs, a matrix and queues: what can stand instead */
	const char *help;
	bool list;		/* separated by commas; repeated values are joined */
};

extern const struct option_desc option_descs[OPT_NR];

#endif
