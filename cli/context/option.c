// SPDX-License-Identifier: GPL-2.0-only
/* The tables of options and commands. See command.h. */
#include <string.h>

#include "context/command.h"
#include "lib/text.h"

const struct option_desc option_descs[OPT_NR] = {
	[OPT_FORMAT] = { "format", 0, ARG_WORDS, "FORMAT",
		"table|json|jsonl|pairs|csv|mask|svg",
		"output format: table (default), json, ..." },
	[OPT_JSON] = { "json", 0, .help = "the same as --format json" },
	[OPT_COLOR] = { "color", 0, ARG_WORDS, "WHEN", "auto|always|never",
		"auto (default: on a terminal, unless NO_COLOR is set), always, never" },
	[OPT_NO_PAGER] = { "no-pager", 0,
		.help = "no effect; there is no pager" },
	[OPT_NO_HEADINGS] = { "no-headings", 0, .help = "print tables without the heading" },
	[OPT_QUIET] = { "quiet", 'q', .help = "print errors only, no notes and warnings" },
	[OPT_VERBOSE] = { "verbose", 'v', .help = "print each write to the machine" },
	[OPT_DRY_RUN] = { "dry-run", 0, .help = "show what would change and change nothing" },
	[OPT_TIMEOUT] = { "timeout", 0, ARG_SECONDS, "SECONDS",
		.help = "maximum wait" },
	[OPT_LOCK_TIMEOUT] = { "lock-timeout", 0, ARG_SECONDS, "SECONDS",
		.help = "maximum wait for the lock (default 10)" },
	[OPT_ROOT] = { "root", 0, ARG_DIRECTORY, "DIR",
		.help = "root of the file system (or APMATRIX_ROOT)" },
	[OPT_VERSION] = { "version", 0, .help = "print the version" },
	[OPT_HELP] = { "help", 'h', .help = "print help, for a command if one is given" },

	[OPT_ADAPTERS] = { "adapters", 'a', ARG_IDS, "IDS", .list = true,
		.help = "adapters: 5,7 or 5-7 or 0x0a or all" },
	[OPT_DOMAINS] = { "domains", 'd', ARG_IDS, "IDS", .list = true,
		.help = "usage domains" },
	[OPT_CONTROL_DOMAINS] = { "control-domains", 'c', ARG_IDS, "IDS", .list = true,
		.help = "control domains" },
	[OPT_WITH_CONTROL] = { "with-control", 0,
		.help = "use the usage domains as control domains too" },
	[OPT_UUID] = { "uuid", 'u', ARG_TEXT, "UUID",
		.help = "UUID of the new matrix (default: random)" },
	[OPT_OWNER] = { "owner", 0, ARG_TEXT, "OWNER",
		.help = "owner of the matrix; protects it from the clean-up of others" },
	[OPT_COMMENT] = { "comment", 0, ARG_TEXT, "TEXT", .help = "note to keep with the matrix" },
	[OPT_AUTO] = { "auto", 0, .help = "write a definition that is started at boot" },
	[OPT_MANUAL] = { "manual", 0, .help = "write a definition that is started by hand" },
	[OPT_TRANSIENT] = { "transient", 0, .help = "write no definition (default)" },
	[OPT_PERSIST] = { "persist", 0,
		.help = "write to disk too, even if there was no definition" },
	[OPT_RUNTIME_ONLY] = { "runtime-only", 0, .help = "do not change the definition" },
	[OPT_IF_ABSENT] = { "if-absent", 0, .help = "succeed if it already exists" },
	[OPT_IF_PRESENT] = { "if-present", 0, .help = "succeed if it does not exist" },
	[OPT_PRINT_UUID] = { "print-uuid", 0, .help = "print only the UUID" },
	[OPT_KEEP_DEFINITION] = { "keep-definition", 0, .help = "remove it from the kernel only" },
	[OPT_FORCE] = { "force", 0,
		.help = "proceed while a guest uses it: wait until the guest releases it" },
	[OPT_ANY_OWNER] = { "any-owner", 0,
		.help = "proceed although it belongs to another owner" },
	[OPT_ALLOW_LOSS] = { "allow-loss", 0,
		.help = "proceed although a running guest loses queues" },
	[OPT_WAIT_GUEST] = { "wait-guest", 0, ARG_SECONDS, "SECONDS",
		.help = "wait until the guest has the queues; undo the change on timeout" },

	[OPT_APQN] = { "apqn", 0, ARG_APQN, "QUEUES", .list = true,
		.help = "single queues: 05.00ab,05.00ac" },
	[OPT_METHOD] = { "method", 0, ARG_WORDS, "METHOD", "auto|masks|override",
		"auto (default: what is in use, else what affects the fewest other "
		"queues), masks, override" },
	[OPT_ALLOW_EXTRA] = { "allow-extra", 0,
		.help = "include queues that were not named" },
	[OPT_PRUNE] = { "prune", 0, .help = "remove what the file does not name" },
	[OPT_EXPECT] = { "expect", 0, ARG_TEXT, "PLAN",
		.help = "fail unless the plan still has this ID" },
	[OPT_PARTIAL] = { "partial", 0,
		.help = "apply what is possible and report the rest" },
	[OPT_KEEP_GOING] = { "keep-going", 0,
		.help = "continue after a command that failed" },
	[OPT_ATOMIC] = { "atomic", 0, .help = "run all commands as one change" },
	[OPT_AS] = { "as", 0, ARG_WORDS, "WHAT", "plan|mdevctl|libvirt|shell",
		"output for: plan (default), mdevctl, libvirt, shell" },
	[OPT_FROM] = { "from", 0, ARG_WORDS, "WHAT", "mdevctl|active",
		"source: mdevctl (files, default), active (the kernel)" },
	[OPT_TARGET] = { "target", 0, ARG_FILE, "FILE",
		.help = "check for the host that FILE describes" },
	[OPT_REPLACE] = { "replace", 0, .help = "overwrite a different definition" },

	[OPT_ACTIVE] = { "active", 0, .help = "only active matrices" },
	[OPT_DEFINED] = { "defined", 0, .help = "only matrices with a definition" },
	[OPT_ALL] = { "all", 0, .help = "active and defined matrices (default)" },
	[OPT_FIELD] = { "field", 0, ARG_WORDS, "FIELD",
		"uuid|name|owner|comment|state|start|"
		"active|defined|drift|adapters|domains|control_domains|matrix|"
		"guest_matrix|missing",
		"print this one value and nothing else" },
	[OPT_FREE] = { "free", 0,
		.help = "only queues bound to vfio_ap and assigned to no matrix" },
	[OPT_UNBOUND] = { "unbound", 0, .help = "only queues without a driver" },
	[OPT_OF] = { "of", 0, ARG_MATRIX, "MATRIX",
		.help = "only queues of this matrix, or of the host" },
	[OPT_BY] = { "by", 0, ARG_WORDS, "WHAT", "owner|state|driver",
		"meaning of the letters: owner (default), state, driver" },
	[OPT_ALL_IDS] = { "all-ids", 0,
		.help = "rows and columns for all IDs" },
	[OPT_EXIT_CODE] = { "exit-code", 0, .help = "exit with 9 on a finding or difference" },

	[OPT_TIMESTAMPS] = { "timestamps", 0, .help = "begin each line with the time" },
	[OPT_POLL] = { "poll", 0, ARG_SECONDS, "SECONDS",
		.help = "polling interval (default: 2 where the kernel does not report changes; "
		"0: never)" },
	[OPT_COUNT] = { "count", 0, ARG_TEXT, "NUMBER", .help = "end after this number of events" },
	[OPT_GUEST_HAS] = { "guest-has", 0, ARG_APQN, "QUEUES", .list = true,
		.help = "wait until the guest has these queues (and maybe others)" },
	[OPT_GUEST_EQUALS] = { "guest-equals", 0, ARG_APQN, "QUEUES", .list = true,
		.help = "wait until the guest has exactly these queues (none: no queue)" },
	[OPT_STATE] = { "state", 0, ARG_WORDS, "STATE", "active|idle|in-use",
		"wait until it is active, idle (active without a guest) or in use" },
	[OPT_GONE] = { "gone", 0, .help = "wait until the kernel no longer has it" },
	[OPT_BOUND] = { "bound", 0, ARG_APQN, "QUEUES", .list = true,
		.help = "wait until these queues are bound to vfio_ap" },
	[OPT_BOOT] = { "boot", 0, .help = "first wait for the AP bus and udev, and load vfio_ap" },
};

const char *const command_group_titles[GROUP_NR] = {
	[GROUP_LOOK] = "Show",
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
