// SPDX-License-Identifier: GPL-2.0-only
/* The tables of options and commands. See command.h. */
#include <string.h>

#include "context/command.h"
#include "lib/text.h"

const struct option_desc option_descs[OPT_NR] = {
	[OPT_FORMAT] = { "format", 0, ARG_WORDS, "FORMAT",
		"table|json|jsonl|pairs|csv|mask|svg|man",
		"how to print: table (default), json, ...; not all fit every command" },
	[OPT_JSON] = { "json", 0, .help = "the same as --format json" },
	[OPT_COLOR] = { "color", 0, ARG_WORDS, "WHEN", "auto|always|never",
		"colours: auto (default: on a terminal, unless NO_COLOR is set), always, never" },
	[OPT_NO_PAGER] = { "no-pager", 0,
		.help = "print help without a pager (there is none anyway)" },
	[OPT_NO_HEADINGS] = { "no-headings", 0, .help = "tables without their first line" },
	[OPT_QUIET] = { "quiet", 'q', .help = "no notes and warnings, only errors" },
	[OPT_VERBOSE] = { "verbose", 'v', .help = "say what is written where" },
	[OPT_DRY_RUN] = { "dry-run", 0, .help = "show what would change, change nothing" },
	[OPT_TIMEOUT] = { "timeout", 0, ARG_SECONDS, "SECONDS",
		.help = "how long to wait for what is waited for" },
	[OPT_LOCK_TIMEOUT] = { "lock-timeout", 0, ARG_SECONDS, "SECONDS",
		.help = "how long to wait for another tool's lock (default 10)" },
	[OPT_ROOT] = { "root", 0, ARG_DIRECTORY, "DIR",
		.help = "take DIR for the root of the file system (or APMATRIX_ROOT)" },
	[OPT_VERSION] = { "version", 0, .help = "print the version" },
	[OPT_HELP] = { "help", 'h', .help = "print help, for one command if one is named" },

	[OPT_ADAPTERS] = { "adapters", 'a', ARG_IDS, "IDS", .list = true,
		.help = "adapters: 5,7 or 5-7 or 0x0a or all" },
	[OPT_DOMAINS] = { "domains", 'd', ARG_IDS, "IDS", .list = true,
		.help = "usage domains" },
	[OPT_CONTROL_DOMAINS] = { "control-domains", 'c', ARG_IDS, "IDS", .list = true,
		.help = "control domains" },
	[OPT_WITH_CONTROL] = { "with-control", 0,
		.help = "the usage domains as control domains, too" },
	[OPT_UUID] = { "uuid", 'u', ARG_TEXT, "UUID",
		.help = "the uuid of the new matrix (default: random)" },
	[OPT_OWNER] = { "owner", 0, ARG_TEXT, "OWNER",
		.help = "whose it is: a word that keeps others' clean-up away" },
	[OPT_COMMENT] = { "comment", 0, ARG_TEXT, "TEXT", .help = "a note to keep with it" },
	[OPT_AUTO] = { "auto", 0, .help = "define it, and start it at boot" },
	[OPT_MANUAL] = { "manual", 0, .help = "define it, to be started by hand" },
	[OPT_TRANSIENT] = { "transient", 0, .help = "only until the next boot (default)" },
	[OPT_PERSIST] = { "persist", 0, .help = "write a definition, even if there was none" },
	[OPT_RUNTIME_ONLY] = { "runtime-only", 0, .help = "leave the definition as it is" },
	[OPT_IF_ABSENT] = { "if-absent", 0, .help = "it is no error if it is there already" },
	[OPT_IF_PRESENT] = { "if-present", 0, .help = "it is no error if it is not there" },
	[OPT_PRINT_UUID] = { "print-uuid", 0, .help = "print the uuid and nothing else" },
	[OPT_KEEP_DEFINITION] = { "keep-definition", 0, .help = "remove it from the kernel only" },
	[OPT_FORCE] = { "force", 0,
		.help = "even if a guest uses it: wait until the guest lets go" },
	[OPT_ANY_OWNER] = { "any-owner", 0, .help = "even if it belongs to somebody else" },
	[OPT_ALLOW_LOSS] = { "allow-loss", 0, .help = "a running guest may lose queues" },
	[OPT_WAIT_GUEST] = { "wait-guest", 0, ARG_SECONDS, "SECONDS",
		.help = "wait until the guest has what was given; undo it if it does not get it" },

	[OPT_APQN] = { "apqn", 0, ARG_APQN, "QUEUES", .list = true,
		.help = "single queues: 05.00ab,05.00ac" },
	[OPT_METHOD] = { "method", 0, ARG_WORDS, "METHOD", "auto|masks|override",
		"how: auto (default: what is in use, else what takes least along), "
		"masks, override" },
	[OPT_ALLOW_EXTRA] = { "allow-extra", 0,
		.help = "queues that were not asked for may go along" },
	[OPT_PRUNE] = { "prune", 0, .help = "take away what the file does not name" },
	[OPT_EXPECT] = { "expect", 0, ARG_TEXT, "PLAN",
		.help = "only if it is still this plan: the uuid that plan printed" },
	[OPT_PARTIAL] = { "partial", 0,
		.help = "what can be done, even if some of it cannot" },
	[OPT_KEEP_GOING] = { "keep-going", 0,
		.help = "run what comes after a command that failed" },
	[OPT_ATOMIC] = { "atomic", 0, .help = "all as one change, or nothing" },
	[OPT_AS] = { "as", 0, ARG_WORDS, "WHAT", "plan|mdevctl|libvirt|shell",
		"for whom: plan (default), mdevctl, libvirt, shell" },
	[OPT_FROM] = { "from", 0, ARG_WORDS, "WHAT", "mdevctl|active",
		"what from: mdevctl (its files, default), active (what the kernel has)" },
	[OPT_TARGET] = { "target", 0, ARG_FILE, "FILE",
		.help = "would it work on the host that FILE describes" },
	[OPT_REPLACE] = { "replace", 0, .help = "another definition that is there already may go" },

	[OPT_ACTIVE] = { "active", 0, .help = "only those the kernel has" },
	[OPT_DEFINED] = { "defined", 0, .help = "only those with a definition" },
	[OPT_ALL] = { "all", 0, .help = "active and defined ones (default)" },
	[OPT_FIELD] = { "field", 0, ARG_WORDS, "FIELD",
		"uuid|name|owner|comment|state|start|"
		"active|defined|drift|adapters|domains|control_domains|matrix|"
		"guest_matrix|missing",
		"print this one value and nothing else" },
	[OPT_FREE] = { "free", 0, .help = "only queues that vfio_ap has and no matrix" },
	[OPT_UNBOUND] = { "unbound", 0, .help = "only queues that no driver has" },
	[OPT_OF] = { "of", 0, ARG_MATRIX, "MATRIX",
		.help = "only queues of this matrix, or of the host" },
	[OPT_BY] = { "by", 0, ARG_WORDS, "WHAT", "owner|state|driver",
		"what the letters tell: owner (default), state or driver" },
	[OPT_ALL_IDS] = { "all-ids", 0,
		.help = "rows and columns for all ids, not only those that exist" },
	[OPT_EXIT_CODE] = { "exit-code", 0, .help = "exit with 9 if there is a finding" },

	[OPT_TIMESTAMPS] = { "timestamps", 0, .help = "each line begins with the time" },
	[OPT_POLL] = { "poll", 0, ARG_SECONDS, "SECONDS",
		.help = "look this often, too "
			"(default: 2 where the kernel does not tell; 0: never)" },
	[OPT_COUNT] = { "count", 0, ARG_TEXT, "NUMBER", .help = "end after so many events" },
	[OPT_GUEST_HAS] = { "guest-has", 0, ARG_APQN, "QUEUES", .list = true,
		.help = "until the guest has these queues, and maybe others" },
	[OPT_GUEST_EQUALS] = { "guest-equals", 0, ARG_APQN, "QUEUES", .list = true,
		.help = "until the guest has exactly these queues (none: no queue)" },
	[OPT_STATE] = { "state", 0, ARG_WORDS, "STATE", "active|idle|in-use",
		"until it is there, or is there without or with a guest" },
	[OPT_GONE] = { "gone", 0, .help = "until the kernel has it no more" },
	[OPT_BOUND] = { "bound", 0, ARG_APQN, "QUEUES", .list = true,
		.help = "until vfio_ap has these queues" },
	[OPT_BOOT] = { "boot", 0, .help = "wait for bus and udev first, and load vfio_ap" },
};

const char *const command_group_titles[GROUP_NR] = {
	[GROUP_LOOK] = "Look",
	[GROUP_CHANGE] = "Change",
	[GROUP_PLAN] = "Plan",
	[GROUP_HOST] = "Host",
	[GROUP_MISC] = "Other",
};

extern const struct command cmd_list, cmd_show, cmd_explain;
extern const struct command cmd_queues, cmd_grid, cmd_host;
extern const struct command cmd_create, cmd_remove, cmd_assign, cmd_unassign;
extern const struct command cmd_set, cmd_refresh;
extern const struct command cmd_plan, cmd_apply, cmd_export, cmd_import, cmd_check;
extern const struct command cmd_batch;
extern const struct command cmd_pool;
extern const struct command cmd_monitor, cmd_wait;
extern const struct command cmd_restore;
extern const struct command cmd_doctor;
extern const struct command cmd_completion, cmd_help;

const struct command *const commands[] = {
	&cmd_list,
	&cmd_show,
	&cmd_explain,
	&cmd_queues,
	&cmd_grid,
	&cmd_host,
	&cmd_monitor,
	&cmd_wait,
	&cmd_create,
	&cmd_remove,
	&cmd_assign,
	&cmd_unassign,
	&cmd_set,
	&cmd_refresh,
	&cmd_plan,
	&cmd_apply,
	&cmd_export,
	&cmd_import,
	&cmd_check,
	&cmd_batch,
	&cmd_pool,
	&cmd_restore,
	&cmd_doctor,
	&cmd_completion,
	&cmd_help,
	NULL
};

const struct command *command_find(const char *name)
{
	unsigned int i;

	for (i = 0; commands[i]; i++) {
		if (str_is(commands[i]->name, name))
			return commands[i];
	}
	return NULL;
}

/* How many letters have to be changed, added, dropped: for short words only. */
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

const struct command *command_resembling(const char *name)
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
