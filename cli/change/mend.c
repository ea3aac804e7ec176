// SPDX-License-Identifier: GPL-2.0-only
/* Complete or undo a change that was killed. See mend.h and journal.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "change/apply.h"
#include "change/journal.h"
#include "change/mend.h"
#include "change/record.h"
#include "context/reading.h"
#include "lib/paths.h"
#include "lib/sysfs-names.h"

static const struct apm_matrix none;

static bool mask_between(const struct apm_mask *now, const struct apm_mask *a,
			 const struct apm_mask *b)
{
	struct apm_mask least, most;

	apm_mask_and(&least, a, b);
	apm_mask_or(&most, a, b);
	return apm_mask_subset(&least, now) && apm_mask_subset(now, &most);
}

/* Can the change itself have left this state? If not, it was changed since. */
static bool is_between(const struct matrix *now, const struct journal_matrix *matrix)
{
	const struct apm_matrix *was = matrix->was_active ? &matrix->was : &none;
	const struct apm_matrix *to_be = matrix->to_be_active ? &matrix->to_be : &none;
	unsigned int dim;

	if (!now || !now->active)
		return !matrix->was_active || !matrix->to_be_active;
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (!mask_between(&now->assigned.dim[dim], &was->dim[dim],
				  &to_be->dim[dim]))
			return false;
	}
	return true;
}

static void want_matrix(struct apmatrix *apm, const struct journal_matrix *matrix,
			bool forward, struct targets *targets,
			struct problems *warnings)
{
	const struct matrix *now = snapshot_find(apm->snap, matrix->uuid);
	bool active = forward ? matrix->to_be_active : matrix->was_active;
	const struct apm_matrix *content =
		!active ? &none : forward ? &matrix->to_be : &matrix->was;
	struct target *target;

	if ((now && now->active) == active &&
	    (!active || apm_matrix_equal(&now->assigned, content)))
		return;
	if (!is_between(now, matrix)) {
		problem_matrix(problem_add(warnings, EXIT_CODE_CONFLICT, 0,
					   "%s was changed after an interrupted change; "
					   "it is left as it is",
					   now ? matrix_title(now) : matrix->uuid),
			       matrix->uuid);
		return;
	}
	target = now ? targets_add(targets, now) : targets_add_new(targets, matrix->uuid);
	target->active = active;
	target->assigned = *content;
}

static void want_host(const struct snapshot *snap, const struct journal_entry *entry,
		      bool forward, struct host_target *host)
{
	size_t i;

	if (entry->masks &&
	    mask_between(&snap->host.apmask, &entry->was_apmask, &entry->to_be_apmask) &&
	    mask_between(&snap->host.aqmask, &entry->was_aqmask, &entry->to_be_aqmask)) {
		host->touch_masks = true;
		host->apmask = forward ? entry->to_be_apmask : entry->was_apmask;
		host->aqmask = forward ? entry->to_be_aqmask : entry->was_aqmask;
	}
	for (i = 0; i < entry->nr_overrides; i++) {
		const struct override *override = &entry->overrides[i];

		bool reserve = forward == override->reserve;

		if (snapshot_queue(snap, override->apid, override->apqi)->override !=
		    reserve)
			overrides_add_other(&host->overrides, &host->nr_overrides,
					    override->apid, override->apqi, reserve,
					    override->other);
	}
}

/*
 * Restore the state before the change, or with @forward make the state after it. False, with
 * errors, if this is not possible now.
 */
static bool bring(struct apmatrix *apm, const struct journal_entry *entry,
		  const struct plan_rules *rules, bool forward,
		  struct problems *errors)
{
	struct problems warnings = { 0 }, ignored = { 0 };
	struct targets targets = { 0 };
	struct applier applier = {
		.fs = &apm->fs, .snap = apm->snap, .targets = &targets,
		.verb = entry->command, .errors = errors,
	};
	struct plan plan = { 0 };
	size_t i;

	for (i = 0; i < entry->nr_matrices; i++)
		want_matrix(apm, &entry->matrices[i], forward, &targets, &warnings);
	want_host(apm->snap, entry, forward, &targets.host);
	read_queues_of_targets(apm, &targets);
	plan_check(apm->snap, &targets, rules, entry->command, errors, &ignored);
	if (!errors->nr) {
		plan_make(apm->snap, &targets, &plan);
		apply_plan(&applier, &plan);
	}
	plan_free(&plan);
	targets_free(&targets);
	if (!errors->nr)
		problems_move(&apm->report.warnings, &warnings);
	problems_free(&warnings);
	problems_free(&ignored);
	return !errors->nr;
}

/* Move the files that are still staged to their paths. 0 or a negative errno value. */
static int complete(const char *root, const struct journal_entry *entry)
{
	size_t i;
	int ret = 0;

	for (i = 0; i < entry->nr_files; i++) {
		const struct journal_file *file = &entry->files[i];
		char *path = xasprintf("%s%s", root, file->path);
		char *staged = xasprintf("%s%s", root, file->staged ? file->staged : "");

		if ((file->staged ? rename(staged, path) : unlink(path)) &&
		    errno != ENOENT && !ret)
			ret = -errno;
		free(staged);
		free(path);
	}
	return ret;
}

static void tell(struct apmatrix *apm, const struct journal_entry *entry,
		 const char *outcome)
{
	problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
		    "a change that was interrupted (%s, process %ld) %s",
		    entry->command, entry->pid, outcome);
}

static void mend_entry(struct apmatrix *apm, const struct plan_rules *rules,
		       const struct journal_entry *entry)
{
	struct problems errors = { 0 };
	bool undone = false, done;
	const char *other;
	int ret = 0;

	if (entry->nr_overrides)
		read_pool(apm);
	done = entry->committed || journal_is_done(apm->snap, entry, &other);
	if (!done)
		undone = bring(apm, entry, rules, false, &errors);
	/* undoing may take queues from a running guest: try to complete the change */
	if (!done && !undone) {
		struct problems ignored = { 0 };

		done = bring(apm, entry, rules, true, &ignored);
		problems_free(&ignored);
	}
	if (done) {
		ret = complete(apm->fs.root, entry);
		if (!ret) {
			tell(apm, entry, "was completed");
			record_mended(apm, entry->command, entry->pid, "completed");
		}
		else
			problem_add(&apm->report.warnings, exit_code_from_errno(-ret), -ret,
				    "a change that was interrupted (%s, process %ld) "
				    "cannot be completed: %s",
				    entry->command, entry->pid, strerror(-ret));
	} else if (undone) {
		tell(apm, entry, "was undone");
		record_mended(apm, entry->command, entry->pid, "undone");
	} else {
		ret = -EBUSY;
		problems_move(&apm->report.warnings, &errors);
		tell(apm, entry, "cannot be undone now: the next change tries again; "
		     "with --allow-loss running guests may lose queues");
	}
	problems_free(&errors);
	if (!ret)
		staged_clean(apm->fs.root);
}

void mend(struct apmatrix *apm, const struct plan_rules *rules)
{
	struct problems kept;
	struct journal_entry entry;

	if (!journal_find(&apm->fs, &entry)) {
		staged_clean(apm->fs.root);
		return;
	}
	if (entry.command) {
		mend_entry(apm, rules, &entry);
	} else {
		problem_add(&apm->report.warnings, EXIT_CODE_FAILURE, 0,
			    "the journal of a change that was interrupted cannot be read: "
			    "it is removed; see apmatrix doctor");
		staged_clean(apm->fs.root);
	}
	journal_entry_free(&entry);
	/* problems with files have been reported before */
	kept = apm->report.warnings;
	apm->report.warnings = (struct problems){ 0 };
	read_all(apm);
	problems_free(&apm->report.warnings);
	apm->report.warnings = kept;
}

/*
 * A name in /run is of the mdev that it was given to. Who removes that through sysfs
 * leaves the name, and a later mdev with the same UUID would get it. So each change first
 * drops the names of matrices that are neither active nor defined. The identity of an mdev
 * (its inode) is not in the file: names are written before the mdev exists, so that a
 * change that is killed has both or neither.
 */
void mend_names(struct apmatrix *apm)
{
	struct names names = { 0 };
	size_t i;

	if (sysfs_list(&apm->fs, NAMES_RUN_DIR, ENTRY_FILE, &names))
		names_free(&names);
	for (i = 0; i < names.nr; i++) {
		char stem[UUID_LEN + 1] = "", uuid[UUID_LEN + 1];
		char *path, *place;
		bool there;

		if (strlen(names.at[i]) != UUID_LEN + strlen(".json") ||
		    strcmp(names.at[i] + UUID_LEN, ".json"))
			continue;
		memcpy(stem, names.at[i], UUID_LEN);
		/* what is there may have changed since the snapshot */
		if (!parse_uuid(stem, uuid) || snapshot_find(apm->snap, uuid))
			continue;
		path = xasprintf(MATRIX_DEVICE "/%s", uuid);
		there = sysfs_exists(&apm->fs, path);
		free(path);
		if (there)
			continue;
		path = xasprintf(NAMES_RUN_DIR "/%s", names.at[i]);
		place = sysfs_resolve_place(apm->fs.root, path);
		unlink(place);
		free(place);
		free(path);
	}
	names_free(&names);
}
