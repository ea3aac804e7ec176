// SPDX-License-Identifier: GPL-2.0-only
/* Commands by name. See command.h. */
#include <string.h>

#include "context/command.h"
#include "context/context.h"
#include "lib/text.h"
#include "lib/words.h"

const char *const command_group_titles[GROUP_NR] = {
	[GROUP_LOOK] = "Show",
	[GROUP_CHANGE] = "Change",
	[GROUP_PLAN] = "Plan",
	[GROUP_HOST] = "Host",
	[GROUP_MISC] = "Other",
};

const struct command *command_find(const struct command *const *commands,
				   const char *name)
{
	unsigned int i;

	for (i = 0; commands[i]; i++) {
		if (str_is(commands[i]->name, name))
			return commands[i];
	}
	return NULL;
}

const struct command *command_resembling(const struct command *const *commands,
					 const char *name)
{
	const struct command *best = NULL;
	unsigned int i, least = WORDS_ALIKE + 1;

	for (i = 0; commands[i]; i++) {
		unsigned int differs = words_differ(name, commands[i]->name);

		if (differs < least) {
			least = differs;
			best = commands[i];
		}
	}
	return best;
}

/* What other tools call it, and what does it here. */
static const struct {
	const char *word;
	const char *hint;
} other_words[] = {
	{ "enable", "apmatrix autostart MATRIX on" },
	{ "disable", "apmatrix autostart MATRIX off" },
	{ "rm", "apmatrix remove MATRIX" },
	{ "delete", "apmatrix remove MATRIX" },
	{ "destroy", "apmatrix stop MATRIX keeps the definition; apmatrix remove MATRIX deletes it" },
	{ "mv", "apmatrix rename MATRIX NAME" },
	{ "modify", "apmatrix set MATRIX -a IDS -d IDS, or apmatrix define MATRIX -a IDS" },
	{ "edit", "apmatrix set MATRIX -a IDS -d IDS, or apmatrix define MATRIX -a IDS" },
	{ "ls", "apmatrix list" },
	{ "info", "apmatrix show MATRIX" },
	{ "types", "apmatrix host" },
	{ "add", "apmatrix assign MATRIX -a IDS -d IDS" },
	{ "del", "apmatrix unassign MATRIX -a IDS -d IDS" },
	{ "new", "apmatrix create NAME --queues NUMBER" },
	{ "save", "apmatrix export >FILE" },
	{ "load", "apmatrix apply FILE" },
	{ "rollback", "apmatrix undo" },
	{ "revert", "apmatrix undo" },
	{ "watch", "apmatrix monitor" },
	{ "dumpxml", "apmatrix export MATRIX --as hostdev" },
	{ "nodedev-start", "apmatrix start MATRIX" },
	{ "reserve", "apmatrix pool reserve -a IDS" },
	{ "release", "apmatrix pool release -a IDS" },
	{ "attach", "apmatrix export MATRIX --as hostdev | "
		    "virsh attach-device GUEST /dev/stdin --live --config" },
};

const char *command_hint(const char *name)
{
	unsigned int i;

	for (i = 0; i < sizeof(other_words) / sizeof(*other_words); i++) {
		if (str_is(other_words[i].word, name))
			return other_words[i].hint;
	}
	return NULL;
}

void command_line(const struct apmatrix *apm, int from, struct text *text)
{
	int i;

	for (i = from; i < apm->argc; i++) {
		text_add(text, i > from ? " " : "");
		words_quote(text, apm->argv[i]);
	}
}

int option_resembling(const char *name)
{
	unsigned int least = WORDS_ALIKE + 1;
	int i, best = -1;

	for (i = 0; i < OPT_NR; i++) {
		unsigned int differs = words_differ(name, option_descs[i].name);

		if (differs < least) {
			least = differs;
			best = i;
		}
	}
	return best;
}
