// SPDX-License-Identifier: GPL-2.0-only
/* undo and confirm: take the last change back, or keep one that waits for it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "change/expiry.h"
#include "change/revert.h"
#include "change/transaction.h"
#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "lib/paths.h"
#include "output/render-text.h"

/* How long the end of the time waits for another change. */
#define EXPIRY_LOCK_TIMEOUT	"86400"

static bool read_record(struct apmatrix *apm, const char *path,
			struct journal_entry *entry)
{
	int ret = journal_read_record(&apm->fs, path, entry);

	if (ret && ret != -ENOENT && ret != -ENOTDIR)
		report_unreadable(apm, path, ret);
	return !ret;
}

/* The content of a file as text; NULL if there is none. */
static char *read_text(struct apmatrix *apm, const char *path)
{
	struct text text = { 0 };

	if (sysfs_read(&apm->fs, path, &text))
		text_free(&text);
	return text.len ? text_steal(&text) : NULL;
}

/* A change that was not confirmed; its files were never written. */
static bool take_back(struct apmatrix *apm, const struct journal_entry *entry,
		      struct targets *targets)
{
	char *record;

	/* whoever made it has said that it may end */
	apm->given[OPT_ALLOW_LOSS] = true;
	if (!revert(apm, entry, false, targets))
		return false;
	targets->unrecorded = true;
	targets_add_file(targets, UNCONFIRMED_FILE, NULL, false);
	if (apm->given[OPT_UNCONFIRMED]) {
		record = read_text(apm, UNCONFIRMED_FILE);
		targets_add_file(targets, EXPIRED_FILE, record, false);
		free(record);
	}
	return true;
}

/* The change that waits, else the last one. The timer undoes only its own. */
static bool plan_undo(struct apmatrix *apm, struct targets *targets)
{
	struct journal_entry entry;
	bool good = false;

	if (read_record(apm, UNCONFIRMED_FILE, &entry)) {
		good = apm->given[OPT_UNCONFIRMED] &&
		       !str_is(entry.id, apm->value[OPT_UNCONFIRMED]) ? true :
		       take_back(apm, &entry, targets);
	} else if (apm->given[OPT_UNCONFIRMED] && !apm->report.errors.nr) {
		good = true;
	} else if (!apm->report.errors.nr && read_record(apm, LAST_CHANGE_FILE, &entry)) {
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "the last change was: apmatrix %s", entry.line);
		good = revert(apm, &entry, true, targets);
	} else if (!apm->report.errors.nr) {
		report_error(apm, EXIT_CODE_NOT_FOUND, 0,
			     "no change to undo: this tool has changed nothing since the last boot");
	}
	journal_entry_free(&entry);
	return good;
}

static bool check_undo(struct apmatrix *apm)
{
	char uuid[UUID_LEN + 1];

	if (!apm->given[OPT_UNCONFIRMED] || parse_uuid(apm->value[OPT_UNCONFIRMED], uuid))
		return true;
	report_error(apm, EXIT_CODE_USAGE, 0, "--unconfirmed: invalid ID \"%s\"",
		     apm->value[OPT_UNCONFIRMED]);
	return false;
}

static int run_undo(struct apmatrix *apm)
{
	unsigned int wait_ms;

	if (!check_undo(apm) || !select_time(apm, OPT_TIMEOUT, 0, &wait_ms))
		return EXIT_CODE_USAGE;
	if (apm->given[OPT_UNCONFIRMED]) {
		if (!expiry_wait(&apm->fs, apm->value[OPT_UNCONFIRMED], wait_ms))
			return EXIT_CODE_OK;
		if (!apm->given[OPT_LOCK_TIMEOUT]) {
			apm->given[OPT_LOCK_TIMEOUT] = true;
			apm->value[OPT_LOCK_TIMEOUT] = xstrdup(EXPIRY_LOCK_TIMEOUT);
		}
	}
	transaction(apm);
	return EXIT_CODE_OK;
}

static bool plan_confirm(struct apmatrix *apm, struct targets *targets)
{
	struct journal_entry entry;
	bool good = false;
	char *record;

	if (read_record(apm, UNCONFIRMED_FILE, &entry)) {
		good = revert_confirm(apm, &entry, targets);
		record = read_text(apm, UNCONFIRMED_FILE);
		targets->unrecorded = true;
		targets_add_file(targets, LAST_CHANGE_FILE, record, false);
		targets_add_file(targets, UNCONFIRMED_FILE, NULL, false);
		targets_add_file(targets, EXPIRED_FILE, NULL, false);
		free(record);
	} else if (!apm->report.errors.nr && read_record(apm, EXPIRED_FILE, &entry)) {
		report_error(apm, EXIT_CODE_TIMEOUT, 0,
			     "too late: the change (%s) was undone, because it was not "
			     "confirmed within its time", entry.line);
	} else if (!apm->report.errors.nr) {
		report_error(apm, EXIT_CODE_NOT_FOUND, 0,
			     "no change waits for its confirmation");
	}
	journal_entry_free(&entry);
	return good;
}

static void text_confirm(struct apmatrix *apm, FILE *out)
{
	render_change_lines(apm, out);
	if (apm->report.dry_run)
		fprintf(out, "%sthe change would be confirmed\n",
			apm->report.nr_changes ? "" : "preview: nothing is changed\n");
	else if (!apm->given[OPT_QUIET])
		fputs("the change is confirmed\n", out);
}

static const enum option undo_options[] = {
	OPT_ALLOW_LOSS, OPT_FORCE, OPT_WAIT_GUEST, OPT_UNCONFIRMED, OPT_NR
};

const struct command cmd_undo = {
	.name = "undo",
	.group = GROUP_CHANGE,
	.operands = "",
	.operand = ARG_NONE,
	.summary = "take the last change of this tool back",
	.description =
"Restores matrices, pool, definitions and rule as they were before the last change\n"
"since the boot. If any of them has changed since, nothing is undone. An undo is a\n"
"change: the next undo takes it back, so undo goes one change back and no further; to\n"
"go back to an older state, keep it with export. --unconfirmed is for the timer of\n"
"--confirm.",
	.options = undo_options,
	.formats = "table|json",
	.examples =
"  apmatrix undo --dry-run\n"
"  apmatrix undo --allow-loss",
	.while_unconfirmed = true,
	.run = run_undo,
	.plan = plan_undo,
	.text = render_changes,
};

static const enum option confirm_options[] = { OPT_NR };

const struct command cmd_confirm = {
	.name = "confirm",
	.group = GROUP_CHANGE,
	.operands = "",
	.operand = ARG_NONE,
	.summary = "keep a change that was made with --confirm",
	.description =
"Writes the definitions and the rule of the change, which is not undone any more.\n"
"Until then only the running state is changed, so that a reboot undoes it, too.",
	.options = confirm_options,
	.formats = "table|json",
	.examples =
"  apmatrix assign web1 -a 7 --confirm 60\n"
"  apmatrix confirm",
	.while_unconfirmed = true,
	.plan = plan_confirm,
	.text = text_confirm,
};
