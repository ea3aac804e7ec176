// SPDX-License-Identifier: GPL-2.0-only
/* Undoing and confirming a recorded change. See revert.h. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "change/revert.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "format/definition.h"
#include "format/pool-rule.h"
#include "lib/paths.h"

static void report_moved(struct apmatrix *apm, const struct journal_entry *entry,
			 const char *what)
{
	problem_hint(report_error(apm, EXIT_CODE_CONFLICT, 0,
				  "%s changed after the last change of this tool (%s)",
				  what, entry->line),
		     "nothing was changed now; apmatrix show has the present state%s",
		     str_is(apm->command->name, "confirm") ?
		     "; apmatrix undo takes back what is running" : "");
}

static int read_link(struct apmatrix *apm, const char *path, struct text *text)
{
	char *place = sysfs_resolve_place(apm->fs.root, path), target[PATH_MAX];
	ssize_t len = readlink(place, target, sizeof(target));
	int ret = len < 0 ? -errno : 0;

	if (!ret)
		text_addn(text, target, (size_t)len);
	free(place);
	return ret;
}

/* Are the files as the change left them, or for confirm as it found them? */
static bool files_are(struct apmatrix *apm, const struct journal_entry *entry, bool after)
{
	size_t i;

	for (i = 0; i < entry->nr_files; i++) {
		const struct journal_file *file = &entry->files[i];
		const char *expected = after ? file->is : file->was;
		struct text text = { 0 };
		int ret = file->link ? read_link(apm, file->path, &text) :
				       sysfs_read(&apm->fs, file->path, &text);
		bool same = expected ? !ret && str_is(text_str(&text), expected) :
				       ret == -ENOENT || ret == -ENOTDIR;

		text_free(&text);
		if (file->opaque) {
			report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
				     "%s had a content that is not valid UTF-8, and was not kept",
				     file->path);
			return false;
		}
		if (same)
			continue;
		report_moved(apm, entry, file->path);
		return false;
	}
	return true;
}

static bool machine_is(struct apmatrix *apm, const struct journal_entry *entry)
{
	const struct matrix *matrix;
	const char *other;

	if (journal_is_done(apm->snap, entry, &other))
		return true;
	matrix = other ? snapshot_find(apm->snap, other) : NULL;
	report_moved(apm, entry, matrix ? matrix_title(matrix) :
		     other ? other : "the queues that guests can have");
	if (other)
		problem_matrix(&apm->report.errors.at[apm->report.errors.nr - 1], other);
	return false;
}

static struct target *target_of(struct apmatrix *apm, struct targets *targets,
				const char *uuid)
{
	const struct matrix *matrix = snapshot_find(apm->snap, uuid);
	struct target *target = (struct target *)targets_find(targets, uuid);

	return target ? target : matrix ? targets_add(targets, matrix) :
	       targets_add_new(targets, uuid);
}

/* The UUID in DIR/UUID SUFFIX; false if path is no such file. */
static bool uuid_in(const char *path, const char *dir, const char *suffix, char *uuid)
{
	size_t len = strlen(dir);
	char stem[UUID_LEN + 1] = "";

	if (strncmp(path, dir, len) || path[len] != '/' ||
	    strlen(path) != len + 1 + UUID_LEN + strlen(suffix) ||
	    strcmp(path + len + 1 + UUID_LEN, suffix))
		return false;
	memcpy(stem, path + len + 1, UUID_LEN);
	return parse_uuid(stem, uuid);
}

static void want_definition(struct target *target, const char *text)
{
	struct complaint complaint = { 0 };
	struct matrix parsed = { 0 };

	target->touch_definition = true;
	target->start = START_NONE;
	if (text && definition_parse(text, strlen(text), &parsed, &complaint)) {
		target->start = parsed.start;
		target->definition = parsed.definition;
	}
	complaint_free(&complaint);
}

/* Of two files, one below /run, the one that is there counts. */
static void want_name(struct target *target, const char *text, bool transient)
{
	struct complaint complaint = { 0 };
	struct matrix parsed = { 0 };

	if (text && sidecar_parse(text, strlen(text), &parsed, &complaint))
		target_set_name(target, parsed.name, parsed.owner, parsed.comment,
				transient);
	else if (!target->touch_name)
		target_set_name(target, NULL, NULL, NULL, transient);
	complaint_free(&complaint);
	matrix_clear(&parsed);
}

/* The file itself, and what it means, for the checks and the report. */
static void want_file(struct apmatrix *apm, const struct journal_file *file, bool back,
		      struct targets *targets)
{
	const char *text = back ? file->was : file->is;
	char uuid[UUID_LEN + 1];

	targets_add_file(targets, file->path, text, file->link);
	if (uuid_in(file->path, DEFINITIONS_DIR, "", uuid))
		want_definition(target_of(apm, targets, uuid), text);
	else if (uuid_in(file->path, NAMES_DIR, ".json", uuid))
		want_name(target_of(apm, targets, uuid), text, false);
	else if (uuid_in(file->path, NAMES_RUN_DIR, ".json", uuid))
		want_name(target_of(apm, targets, uuid), text, true);
	else if (str_is(file->path, UDEV_RULE_FILE)) {
		targets->host.touch_rule = true;
		targets->host.remove_rule = !text;
		targets->host.rule = (struct pool_rule){ 0 };
		if (text)
			pool_rule_parse(text, &targets->host.rule);
	}
}

static void want_host(const struct journal_entry *entry, struct host_target *host)
{
	struct apm_mask seen[APM_MATRIX_IDS] = { 0 };
	size_t i;

	if (entry->masks) {
		host->touch_masks = true;
		host->apmask = entry->was_apmask;
		host->aqmask = entry->was_aqmask;
	}
	for (i = 0; i < entry->nr_overrides; i++) {
		const struct override *override = &entry->overrides[i];

		if (!journal_queue_seen(seen, override))
			overrides_add_other(&host->overrides, &host->nr_overrides,
					    override->apid, override->apqi, !override->reserve,
					    override->other);
	}
	for (i = 0; i < entry->nr_binds; i++)
		overrides_add(&host->binds, &host->nr_binds, entry->binds[i].apid,
			      entry->binds[i].apqi, !entry->binds[i].reserve);
}

/* A name that was cut off cannot be put back. */
static bool overrides_are_whole(struct apmatrix *apm, const struct journal_entry *entry)
{
	size_t i;

	for (i = 0; i < entry->nr_overrides; i++) {
		const struct override *override = &entry->overrides[i];

		if (override->reserve || strlen(override->other) < DRIVER_NAME_LEN)
			continue;
		report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
			     "%02x.%04x had a driver override whose name is too long, and was not kept",
			     override->apid, override->apqi);
		return false;
	}
	return true;
}

bool revert(struct apmatrix *apm, const struct journal_entry *entry, bool with_files,
	    struct targets *targets)
{
	size_t i;

	if (entry->nr_overrides || entry->nr_binds)
		read_pool(apm);
	if (!machine_is(apm, entry) || !overrides_are_whole(apm, entry) ||
	    (with_files && !files_are(apm, entry, true)))
		return false;
	for (i = 0; i < entry->nr_matrices; i++) {
		const struct journal_matrix *matrix = &entry->matrices[i];
		struct target *target = target_of(apm, targets, matrix->uuid);

		target->active = matrix->was_active;
		memset(&target->assigned, 0, sizeof(target->assigned));
		if (matrix->was_active)
			target->assigned = matrix->was;
	}
	want_host(entry, &targets->host);
	for (i = 0; i < entry->nr_files && with_files; i++)
		want_file(apm, &entry->files[i], true, targets);
	return true;
}

bool revert_confirm(struct apmatrix *apm, const struct journal_entry *entry,
		    struct targets *targets)
{
	size_t i;

	if (!files_are(apm, entry, false))
		return false;
	for (i = 0; i < entry->nr_files; i++)
		want_file(apm, &entry->files[i], false, targets);
	return true;
}
