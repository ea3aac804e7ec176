// SPDX-License-Identifier: GPL-2.0-only
/*
 * One change, from the lock to the report: lock, snapshot, preflight, stage
 * what goes to disk, write, read back, compare, wait, persist, or undo.
 *
 * Signals that end the program are blocked while the machine is changed and checked
 * between the steps, so that an interrupted change is undone.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uuid/uuid.h>

#include "change/apply.h"
#include "change/changes.h"
#include "change/expiry.h"
#include "change/journal.h"
#include "change/mend.h"
#include "change/persist.h"
#include "change/record.h"
#include "change/stage-target.h"
#include "change/transaction.h"
#include "change/wait-guest.h"
#include "context/alike.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/phrase.h"
#include "format/pool-rule.h"
#include "lib/defaults.h"
#include "lib/paths.h"
#include "lib/signals.h"


static bool interrupted(void *ctx)
{
	(void)ctx;
	return signals_pending();
}

static bool take_lock(struct apmatrix *apm)
{
	struct lock_holder holder;
	struct problem *problem;
	unsigned int wait_ms;
	int ret;

	if (!select_time(apm, OPT_LOCK_TIMEOUT, 1000 * LOCK_TIMEOUT_S, &wait_ms))
		return false;
	ret = lock_take(&apm->lock, &apm->fs, wait_ms, &holder);
	if (!ret)
		return true;
	if (ret == -EINTR) {
		report_error(apm, EXIT_CODE_FAILURE, EINTR,
			     "interrupted while waiting for the lock; nothing changed");
	} else if (ret == -EBUSY) {
		struct text who = { 0 };

		lock_phrase(&holder, &who);
		problem = report_error(apm, EXIT_CODE_BUSY, EBUSY,
				       "the lock is held by %s for %ld s",
				       text_str(&who), holder.age);
		text_free(&who);
		problem_hint(problem, "try again, or wait longer with --lock-timeout");
	} else {
		problem = report_error(apm, exit_code_from_errno(-ret), -ret,
				       "cannot take the lock: %s", strerror(-ret));
		if (ret == -EACCES || ret == -EPERM)
			problem_hint(problem, "changes need root");
	}
	return false;
}

/* Can be told what was done? If it is known that it cannot, nothing is done. */
static bool output_is_taken(struct apmatrix *apm)
{
	int fd = fileno(apm->out), error = 0;
	struct pollfd reader = { .fd = fd };

	if (fd < 0)
		return true;
	if (write(fd, "", 0) < 0)
		error = errno;
	else if (poll(&reader, 1, 0) > 0 && reader.revents & POLLERR)
		error = EPIPE;
	if (error)
		report_error(apm, EXIT_CODE_FAILURE, error,
			     "nothing was changed: cannot write the output: %s",
			     strerror(error));
	return !error;
}

/* A change that waits for its confirmation must be the last one. */
static bool none_unconfirmed(struct apmatrix *apm)
{
	struct journal_entry entry;
	int ret;

	if (apm->command->while_unconfirmed)
		return true;
	ret = journal_read_record(&apm->fs, UNCONFIRMED_FILE, &entry);
	if (!ret)
		problem_hint(report_error(apm, EXIT_CODE_BUSY, 0,
					  "a change (%s) waits for its confirmation",
					  entry.line),
			     "apmatrix confirm keeps it, apmatrix undo takes it back");
	journal_entry_free(&entry);
	return ret;
}

bool transaction_begin(struct apmatrix *apm)
{
	if (!apm->given[OPT_DRY_RUN]) {
		if (!output_is_taken(apm))
			return false;
		signals_hold();
		if (!take_lock(apm))
			return false;
	}
	read_all(apm);
	if (!apm->given[OPT_DRY_RUN]) {
		const struct plan_rules rules = transaction_rules(apm);

		mend(apm, &rules);
		mend_names(apm);
		return none_unconfirmed(apm);
	}
	return true;
}

void transaction_end(struct apmatrix *apm)
{
	lock_drop(&apm->lock);
}

/* A rule that nobody but its author could write again is copied first. */
static bool stage_foreign_rule(struct apmatrix *apm, struct staged *staged)
{
	struct text old = { 0 }, same = { 0 };
	struct pool_rule rule = { 0 };
	bool foreign;
	int ret = 0;

	foreign = !sysfs_read(&apm->fs, UDEV_RULE_FILE, &old);
	if (foreign && pool_rule_parse(text_str(&old), &rule)) {
		pool_rule_format(&rule, &same);
		foreign = !str_is(text_str(&old), text_str(&same));
	}
	if (foreign)
		ret = staged_write(staged, UDEV_RULE_FILE ".saved", text_str(&old), old.len);
	if (ret)
		report_error(apm, exit_code_from_errno(-ret), -ret,
			     "cannot write " UDEV_RULE_FILE ".saved: %s", strerror(-ret));
	else if (foreign)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    UDEV_RULE_FILE " had other rules: they are in "
			    UDEV_RULE_FILE ".saved now");
	text_free(&old);
	text_free(&same);
	return !ret;
}

static bool stage_rule(struct apmatrix *apm, struct staged *staged,
		       const struct pool_rule *rule, bool remove)
{
	struct text text = { 0 };
	int ret;

	if (!stage_foreign_rule(apm, staged))
		return false;
	if (remove) {
		ret = staged_delete(staged, UDEV_RULE_FILE);
		if (ret)
			report_error(apm, exit_code_from_errno(-ret), -ret,
				     "cannot delete " UDEV_RULE_FILE ": %s", strerror(-ret));
		return !ret;
	}
	pool_rule_format(rule, &text);
	ret = staged_write(staged, UDEV_RULE_FILE, text.at, text.len);
	text_free(&text);
	if (ret)
		report_error(apm, exit_code_from_errno(-ret), -ret,
			     "cannot write " UDEV_RULE_FILE ": %s",
			     strerror(-ret));
	return !ret;
}

/* Files whose content is given. */
static bool stage_files(struct apmatrix *apm, struct staged *staged,
			const struct targets *targets)
{
	size_t i;
	int ret = 0;

	for (i = 0; i < targets->nr_files && !ret; i++) {
		const struct file_target *file = &targets->files[i];

		ret = !file->text ? staged_delete(staged, file->path) :
		      file->link ? staged_link(staged, file->path, file->text) :
				   staged_write(staged, file->path, file->text,
						strlen(file->text));
		if (ret)
			report_error(apm, exit_code_from_errno(-ret), -ret,
				     "cannot write %s: %s", file->path, strerror(-ret));
	}
	return !ret;
}

/* The host's plan, and the link of the unit. */
static bool stage_boot(struct apmatrix *apm, struct staged *staged,
		       const struct targets *targets)
{
	const char *path = PLAN_FILE;
	int ret = 0;

	if (targets->host_plan)
		ret = staged_write(staged, path, targets->host_plan,
				   strlen(targets->host_plan));
	if (!ret && targets->enable_unit) {
		path = UNIT_WANTED;
		ret = staged_link(staged, path, UNIT_FILE);
	}
	if (ret)
		report_error(apm, exit_code_from_errno(-ret), -ret, "cannot write %s: %s",
			     path, strerror(-ret));
	return !ret;
}

/* What zcrypt can no longer show afterwards. */
static bool stage_keys(struct apmatrix *apm, struct staged *staged,
		       const struct host_target *host)
{
	struct text text = { 0 };
	int ret = 0;

	if (alike_record(apm, host, &text))
		ret = staged_write(staged, MASTER_KEYS_FILE, text.at, text.len);
	text_free(&text);
	if (ret)
		report_error(apm, exit_code_from_errno(-ret), -ret,
			     "cannot write " MASTER_KEYS_FILE ": %s", strerror(-ret));
	return !ret;
}

static bool stage_all(struct apmatrix *apm, struct staged *staged,
		      const struct targets *targets)
{
	size_t i;
	int ret;

	if (targets->nr_files)
		return stage_files(apm, staged, targets);
	if (!stage_boot(apm, staged, targets))
		return false;
	if (!stage_keys(apm, staged, &targets->host))
		return false;

	if (targets->host.touch_rule &&
	    !stage_rule(apm, staged, &targets->host.rule, targets->host.remove_rule))
		return false;
	for (i = 0; i < targets->nr; i++) {
		ret = stage_target(&apm->fs, staged, &targets->at[i]);
		if (!ret)
			continue;
		problem_matrix(report_error(apm, exit_code_from_errno(-ret), -ret,
					    "%s: cannot write its files: %s",
					    targets->at[i].uuid, strerror(-ret)),
			       targets->at[i].uuid);
		return false;
	}
	return true;
}

static void tell_files(const struct staged *staged)
{
	size_t i;

	for (i = 0; i < staged->nr; i++)
		fprintf(stderr, "apmatrix: %s %s\n",
			staged->at[i].temporary ? "write" : "delete",
			staged->at[i].path);
}

/* Commits the files, or restores them; false after an error. */
static bool put_files(struct apmatrix *apm, struct staged *staged,
		      struct journal *journal)
{
	int ret;

	if (apm->given[OPT_VERBOSE])
		tell_files(staged);
	ret = journal_commit(journal);
	if (!ret)
		ret = staged_commit(staged);
	if (!ret)
		return true;
	journal_revoke(journal);
	if (ret == -ENOTRECOVERABLE)
		report_error(apm, EXIT_CODE_PARTIAL, -ret,
			     "cannot write the definition, and cannot restore what was written");
	else
		report_error(apm, exit_code_from_errno(-ret), -ret,
			     "cannot write the definition: %s", strerror(-ret));
	return false;
}

/* First the machine, then the guest, then the disk; a failure undoes the changes. */
static bool carry_out(struct apmatrix *apm, const struct targets *targets,
		      const struct plan *plan, struct staged *staged,
		      unsigned int wait_ms)
{
	struct applier applier = {
		.fs = &apm->fs, .snap = apm->snap, .targets = targets,
		.verb = apm->command->name,
		.interrupted = interrupted, .errors = &apm->report.errors,
	};
	struct journal journal;
	bool done;
	int ret = journal_begin(&journal, apm->snap, targets, plan, staged,
				apm->command->name);

	if (ret) {
		report_error(apm, exit_code_from_errno(-ret), -ret,
			     "cannot write to " CHANGE_DIR ": %s", strerror(-ret));
		return false;
	}
	done = apply_plan(&applier, plan);
	if (done && ((wait_ms && !wait_for_guests(apm, targets, wait_ms)) ||
		     !put_files(apm, staged, &journal))) {
		apply_undo(&applier, plan);
		done = false;
	}
	journal_end(&journal);
	apm->report.rolled_back = applier.applied.rolled_back;
	if (applier.applied.rollback_failed ||
	    problems_code(&apm->report.errors) == EXIT_CODE_PARTIAL) {
		size_t i;

		/* the state of the machine matters more than the cause */
		for (i = 0; i < apm->report.errors.nr; i++)
			apm->report.errors.at[i].code = EXIT_CODE_PARTIAL;
	}
	return done;
}

/* The record of what a run changes. The lines of a batch are one change: the batch's. */
static char *make_record(const struct apmatrix *apm, const struct targets *targets,
			 const struct staged *staged, unsigned int seconds,
			 const char *earlier)
{
	const struct apmatrix *whole = apm->whole ? apm->whole : apm;
	struct text line = { 0 };
	char *record;

	command_line(whole, whole->command_word, &line);
	record = journal_record(apm->snap, targets, staged, whole->command->name,
				text_str(&line), apm->record, seconds, earlier);
	text_free(&line);
	return record;
}

/* What this run has recorded before; NULL: nothing. */
static char *earlier_record(struct apmatrix *apm, const char *path)
{
	struct text text = { 0 };

	if (!*apm->record || sysfs_read(&apm->fs, path, &text))
		text_free(&text);
	return text.len ? text_steal(&text) : NULL;
}

/*
 * The record of the change becomes one of its files, so that it is there if and
 * only if the change is. With --confirm it is the only one: the others wait for
 * the confirmation.
 */
static bool stage_record(struct apmatrix *apm, struct staged *staged,
			 const struct targets *targets, struct expiry *expiry)
{
	bool confirm = apm->given[OPT_CONFIRM];
	const char *path = confirm ? UNCONFIRMED_FILE : LAST_CHANGE_FILE;
	char *earlier = earlier_record(apm, path), *record;
	unsigned int wait_ms;
	bool first = !*apm->record;
	uuid_t random;
	int ret = 0;

	if (!select_time(apm, OPT_CONFIRM, 0, &wait_ms))
		return free(earlier), false;
	if (first) {
		uuid_generate_random(random);
		uuid_unparse_lower(random, apm->record);
	}
	record = make_record(apm, targets, staged, wait_ms / 1000, earlier);
	free(earlier);
	if (confirm)
		staged_end(staged);
	staged->root = apm->fs.root;
	ret = staged_write(staged, path, record, strlen(record));
	free(record);
	if (!ret)
		ret = staged_delete(staged, EXPIRED_FILE);
	if (ret)
		report_error(apm, exit_code_from_errno(-ret), -ret, "cannot write %s: %s",
			     path, strerror(-ret));
	if (!ret && confirm && first) {
		ret = expiry_start(expiry, &apm->fs, apm->record, apm->value[OPT_CONFIRM]);
		if (ret)
			report_error(apm, exit_code_from_errno(-ret), -ret,
				     "cannot start what undoes the change: %s; "
				     "nothing was changed", strerror(-ret));
	}
	return !ret;
}

/* Nothing to undo is no change. */
static bool is_recorded(const struct apmatrix *apm, const struct targets *targets)
{
	return apm->report.nr_changes && !targets->unrecorded;
}

/* Stages the files and the record, and does it all. */
static bool stage_and_carry_out(struct apmatrix *apm, const struct targets *targets,
				const struct plan *plan, unsigned int wait_ms)
{
	bool first = !*apm->record;
	struct staged staged = { .root = apm->fs.root };
	struct expiry expiry = { 0 };
	bool recorded = is_recorded(apm, targets), done;

	done = stage_all(apm, &staged, targets) &&
	       (!recorded || stage_record(apm, &staged, targets, &expiry)) &&
	       carry_out(apm, targets, plan, &staged, wait_ms);
	staged_end(&staged);
	if (done && recorded && apm->given[OPT_CONFIRM])
		apm->report.unconfirmed = xstrdup(apm->value[OPT_CONFIRM]);
	if (done)
		expiry_free(&expiry);
	else
		expiry_cancel(&expiry);
	if (!done && first)
		*apm->record = '\0';
	return done;
}

/* The new state of the machine and the disk, for the report. */
static void read_again(struct apmatrix *apm, const struct targets *targets)
{
	struct problems ignored = { 0 }, kept = apm->report.warnings;
	size_t i;

	apm->report.warnings = ignored;
	read_all(apm);
	problems_free(&apm->report.warnings);
	apm->report.warnings = kept;
	for (i = 0; i < targets->nr; i++) {
		if (snapshot_find(apm->snap, targets->at[i].uuid))
			report_show(&apm->report, targets->at[i].uuid);
	}
}

/* A rule that already has these masks is not written. */
static void drop_same_rule(struct apmatrix *apm, struct host_target *host)
{
	struct text old = { 0 }, new = { 0 };

	if (!host->touch_rule || host->remove_rule)
		return;
	pool_rule_format(&host->rule, &new);
	if (!sysfs_read(&apm->fs, UDEV_RULE_FILE, &old) &&
	    str_is(text_str(&new), text_str(&old)))
		host->touch_rule = false;
	text_free(&new);
	text_free(&old);
}

struct plan_rules transaction_rules(const struct apmatrix *apm)
{
	return (struct plan_rules){
		.allow_loss = apm->given[OPT_ALLOW_LOSS] || apm->given[OPT_FORCE],
		.force = apm->given[OPT_FORCE],
	};
}

/*
 * IDs that are newly assigned and that the host does not have. This is allowed,
 * but may be a typing error.
 */
static void note_absent_ids(struct apmatrix *apm, const struct targets *targets,
			    const struct target *target)
{
	static const struct apm_matrix none;
	const struct host *host = &apm->snap->host;
	const struct matrix *matrix = snapshot_find(apm->snap, target->uuid);
	struct apm_matrix_diff diff;
	unsigned int dim;

	if (!target->active || !host->qci)
		return;
	apm_matrix_diff(matrix && matrix->active ? &matrix->assigned : &none,
		       &target->assigned, &diff);
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		struct apm_mask absent;
		struct text ids = { 0 };

		apm_mask_andnot(&absent, &diff.added.dim[dim], &host->config.dim[dim]);
		/* already reported as a usage domain */
		if (dim == APM_DIM_CONTROL_DOMAIN)
			apm_mask_andnot(&absent, &absent, apm_matrix_aqm(&diff.added));
		if (apm_mask_empty(&absent))
			continue;
		phrase_ids(&ids, &absent);
		problem_matrix(problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
					   "%s: this host does not have %s %s: "
					   "the guest gets %s when the host does",
					   targets_title(targets, apm->snap, target->uuid),
					   dim_word(dim), text_str(&ids),
					   apm_mask_weight(&absent) == 1 ? "it" : "them"),
			       target->uuid);
		text_free(&ids);
	}
}

/* Its owner does not prevent a change, but may not expect it. */
static void note_owner(struct apmatrix *apm, const struct target *target)
{
	const struct matrix *matrix = snapshot_find(apm->snap, target->uuid);
	const struct command *command = apm->command;
	size_t i;

	for (i = 0; i < apm->report.warnings.nr; i++) {
		const struct problem *told = &apm->report.warnings.at[i];

		/* a preview: see select_owned() */
		if (told->code == EXIT_CODE_CONFLICT && !told->err &&
		    str_is(told->matrix, target->uuid))
			return;
	}
	if (!matrix || !matrix->owner || apm->given[OPT_ANY_OWNER] ||
	    command->while_unconfirmed || str_is(matrix->owner, apm->value[OPT_OWNER]) ||
	    (command->group == GROUP_PLAN && !apm->given[OPT_ATOMIC] &&
	     !apm->given[OPT_OWNER]))
		return;
	problem_matrix(problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
				   "%s belongs to %s, which may change it back "
				   "(--any-owner omits this note)",
				   matrix_title(matrix), matrix->owner), matrix->uuid);
}

static bool is_removed(const struct targets *targets, const char *uuid)
{
	const struct target *target = uuid ? targets_find(targets, uuid) : NULL;

	return target && !target->active;
}

/* Is it refused whatever options are given? */
static bool is_in(const struct problems *problems, const struct problem *problem)
{
	size_t i;

	for (i = 0; i < problems->nr; i++) {
		if (str_is(problems->at[i].message, problem->message))
			return true;
	}
	return false;
}

/*
 * A preview changes nothing, so it is not refused: what is in the way of the change
 * becomes a note. What is wrong in the command itself stays an error.
 */
static void allow_preview(struct apmatrix *apm, const struct targets *targets)
{
	static const struct plan_rules all = { .allow_loss = true, .force = true };
	struct problems left = { 0 }, ignored = { 0 }, *errors = &apm->report.errors;
	bool wrong = false;
	size_t i;

	for (i = 0; i < errors->nr; i++)
		wrong = wrong || (errors->at[i].code != EXIT_CODE_CONFLICT &&
				  errors->at[i].code != EXIT_CODE_BUSY);
	if (wrong)
		return;
	plan_check(apm->snap, targets, &all, apm->command->name, &left, &ignored);
	for (i = 0; i < errors->nr; i++) {
		struct problem *problem = &errors->at[i];
		bool refused = is_in(&left, problem);
		char *message = refused ?
			xasprintf("this would be refused: %s", problem->message) :
			xasprintf("%s; this needs %s", problem->message,
				  is_removed(targets, problem->matrix) ?
				  "--force" : "--allow-loss");

		free(problem->message);
		problem->message = message;
		if (refused)
			continue;
		free(problem->hint);
		problem->hint = NULL;
	}
	problems_move(&apm->report.warnings, errors);
	problems_free(&left);
	problems_free(&ignored);
}

/* Where the command itself can take queues from the host, the refusal says so. */
static void hint_reserve(struct apmatrix *apm)
{
	const enum option *option = apm->command->options;
	size_t i;

	while (*option != OPT_NR && *option != OPT_RESERVE)
		option++;
	for (i = 0; i < apm->report.errors.nr && *option == OPT_RESERVE; i++) {
		struct problem *problem = &apm->report.errors.at[i];
		char *hint = problem->hint;

		if (problem->err != EADDRNOTAVAIL || !hint)
			continue;
		problem->hint = xasprintf("%s; --reserve does that in the same change", hint);
		free(hint);
	}
}

/* Is what does not last over a reboot to be told? */
static bool tells_lasting(const struct apmatrix *apm, const struct targets *targets)
{
	return (is_recorded(apm, targets) || targets->tell_lasting) &&
	       !apm->report.dry_run && !apm->report.unconfirmed;
}

static bool run(struct apmatrix *apm, struct targets *targets)
{
	const struct plan_rules rules = transaction_rules(apm);
	struct guest_changes guests;
	struct plan plan = { 0 };
	struct record record;
	unsigned int wait_ms;
	bool done = false;
	size_t i, changes;

	if (!select_time(apm, OPT_WAIT_GUEST, 0, &wait_ms))
		return false;
	read_queues_of_targets(apm, targets);
	plan_check(apm->snap, targets, &rules, apm->command->name,
		   &apm->report.errors, &apm->report.warnings);
	hint_reserve(apm);
	if (apm->report.errors.nr && apm->given[OPT_DRY_RUN])
		allow_preview(apm, targets);
	if (apm->report.errors.nr)
		return false;

	if (!alike_check(apm, targets))
		return false;
	for (i = 0; i < targets->nr; i++)
		note_absent_ids(apm, targets, &targets->at[i]);
	drop_same_rule(apm, &targets->host);
	if (!apm->given[OPT_DRY_RUN])
		record_begin(&record, apm, targets);
	changes_of_host(apm, targets);
	for (i = 0; i < targets->nr; i++) {
		changes = apm->report.nr_changes;
		changes_of_target(apm, &targets->at[i]);
		if (apm->report.nr_changes > changes)
			note_owner(apm, &targets->at[i]);
	}
	guest_changes_begin(&guests, apm, targets);
	apm->report.dry_run = apm->given[OPT_DRY_RUN];
	if (apm->report.dry_run) {
		for (i = 0; i < targets->nr; i++) {
			if (snapshot_find(apm->snap, targets->at[i].uuid))
				report_show(&apm->report, targets->at[i].uuid);
		}
		done = true;
	} else {
		plan_make(apm->snap, targets, &plan);
		done = stage_and_carry_out(apm, targets, &plan, wait_ms);
		plan_free(&plan);
		read_again(apm, targets);
	}
	guest_changes_end(&guests, apm, targets);
	if (!apm->report.dry_run)
		record_end(&record, apm, targets, done);
	apm->report.changed = apm->report.nr_changes;
	if (!done)
		apm->report.changed = problems_code(&apm->report.errors) ==
				      EXIT_CODE_PARTIAL;
	apm->report.different = apm->report.changed;
	return done;
}

static void add_lasting(struct targets *lasting, const struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->nr; i++)
		targets_add_new(lasting, targets->at[i].uuid);
	lasting->host.touch_masks |= targets->host.touch_masks;
	lasting->host.nr_overrides += targets->host.nr_overrides;
}

/* What does not last over a reboot: a note, for a line of a batch at its end. */
static void tell_lasting(struct apmatrix *apm, const struct targets *targets)
{
	if (apm->whole && apm->whole->lasting)
		add_lasting(apm->whole->lasting, targets);
	else
		persist_note(apm, targets);
}

bool transaction_run(struct apmatrix *apm, struct targets *targets)
{
	bool done = run(apm, targets);

	if (done && tells_lasting(apm, targets))
		tell_lasting(apm, targets);
	return done;
}

void transaction_lasting(struct apmatrix *apm, struct targets *lasting)
{
	struct problems kept = apm->report.warnings;
	struct snapshot *last = apm->snap;

	if (lasting->nr || !host_target_empty(&lasting->host)) {
		/* what the last line has read may be less */
		apm->snap = NULL;
		apm->report.warnings = (struct problems){ 0 };
		read_all(apm);
		problems_free(&apm->report.warnings);
		apm->report.warnings = kept;
		persist_note(apm, lasting);
		snapshot_free(apm->snap);
		apm->snap = last;
	}
	/* a number without a list */
	lasting->host.nr_overrides = 0;
	targets_free(lasting);
}

void transaction(struct apmatrix *apm)
{
	struct targets targets = { 0 };

	if (apm->command->check && !apm->command->check(apm))
		return;
	if (transaction_begin(apm) && apm->command->plan(apm, &targets))
		transaction_run(apm, &targets);
	transaction_end(apm);
	targets_free(&targets);
}

/* many changes that do not need each other */

static bool was_interrupted(const struct parts *parts)
{
	size_t i;

	for (i = 0; i < parts->errors.nr; i++) {
		if (parts->errors.at[i].err == EINTR)
			return true;
	}
	return false;
}

bool parts_run(struct parts *parts, struct apmatrix *apm, struct targets *targets)
{
	size_t before = apm->report.nr_changes, guests = apm->report.nr_guests;
	bool done = false;

	if (was_interrupted(parts))
		return false;
	apm->report.rolled_back = false;
	if (!apm->report.errors.nr)
		done = run(apm, targets);
	if (done && tells_lasting(apm, targets))
		add_lasting(&parts->lasting, targets);
	parts->rolled_back |= apm->report.rolled_back;
	parts->changed |= done && apm->report.nr_changes > before;
	if (!done)
		report_drop_changes(&apm->report, before, guests);
	problems_move(&parts->errors, &apm->report.errors);
	return done;
}

void parts_end(struct parts *parts, struct apmatrix *apm)
{
	struct report *report = &apm->report;
	size_t i;

	if (parts->lasting.nr || !host_target_empty(&parts->lasting.host))
		tell_lasting(apm, &parts->lasting);
	targets_free(&parts->lasting);
	problems_move(&parts->errors, &report->errors);
	problems_move(&report->errors, &parts->errors);
	for (i = 0; i < report->errors.nr; i++)
		report->partial |= report->errors.at[i].code == EXIT_CODE_PARTIAL;
	report->partial |= parts->changed && report->errors.nr;
	report->changed = parts->changed;
	report->rolled_back = parts->rolled_back;
	report->different = report->changed;
}
