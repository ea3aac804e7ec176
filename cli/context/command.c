// SPDX-License-Identifier: GPL-2.0-only
/* Commands by name. See command.h. */
#include <string.h>

#include "context/command.h"
#include "lib/text.h"

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

/* The edit distance of two words of less than 32 letters. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int row[32], i, j, corner, next;
	size_t len = strlen(b);

	if (len >= 32 || strlen(a) >= 32)
		return 32;
	for (j = 0; j <= len; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		corner = row[0]++;
		for (j = 0; j < len; j++) {
			next = corner + (a[i] != b[j]);
			corner = row[j + 1];
			if (corner + 1 < next)
				next = corner + 1;
			if (row[j] + 1 < next)
				next = row[j] + 1;
			row[j + 1] = next;
		}
	}
	return row[len];
}

const struct command *command_resembling(const struct command *const *commands,
					 const char *name)
{
	const struct command *best = NULL;
	unsigned int i, least = 3;

	for (i = 0; commands[i]; i++) {
		unsigned int differs = distance(name, commands[i]->name);

		if (strlen(name) >= 3 &&
		    !strncmp(name, commands[i]->name, strlen(name)))
			differs = 1;
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

int option_resembling(const char *name)
{
	unsigned int least = 3;
	int i, best = -1;

	for (i = 0; i < OPT_NR; i++) {
		unsigned int differs = distance(name, option_descs[i].name);

		if (strlen(name) >= 3 &&
		    !strncmp(name, option_descs[i].name, strlen(name)))
			differs = 1;
		if (differs < least) {
			least = differs;
			best = i;
		}
	}
	return best;
}
