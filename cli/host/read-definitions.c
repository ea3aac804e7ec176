// SPDX-License-Identifier: GPL-2.0-only
/* Definitions and names on disk. See read-definitions.h. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "format/definition.h"
#include "host/read-definitions.h"
#include "lib/paths.h"

typedef bool (*file_fn)(struct snapshot *snap, const char *uuid,
			const struct text *text, struct complaint *complaint);

static void read_directory(struct sysfs *fs, struct snapshot *snap,
			   const char *dir_path, const char *suffix,
			   file_fn take, struct problems *warnings)
{
	char *full = sysfs_path(fs, dir_path);
	struct dirent *entry;
	DIR *dir = opendir(full);

	free(full);
	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		struct complaint complaint = { 0 };
		char stem[UUID_LEN + 1] = "", uuid[UUID_LEN + 1];
		struct text text = { 0 };
		char *path;
		int ret;

		/* not ours: temporary files, backups, names mdevctl ignores, too */
		if (strlen(entry->d_name) != UUID_LEN + strlen(suffix) ||
		    strcmp(entry->d_name + UUID_LEN, suffix))
			continue;
		memcpy(stem, entry->d_name, UUID_LEN);
		if (!parse_uuid(stem, uuid))
			continue;
		path = xasprintf("%s/%s", dir_path, entry->d_name);
		ret = sysfs_read(fs, path, &text);
		if (ret && ret != -ENOENT)
			problem_matrix(problem_add(warnings, exit_code_from_errno(-ret),
						   -ret, "%s: %s", path,
						   ret == -EINVAL ? "not a regular file; ignored" :
						   strerror(-ret)), uuid);
		if (!ret && !take(snap, uuid, &text, &complaint))
			problem_matrix(problem_add(warnings, EXIT_CODE_USAGE, 0,
						   "%s: %s; ignored", path,
						   complaint.message), uuid);
		complaint_free(&complaint);
		text_free(&text);
		free(path);
	}
	closedir(dir);
}

static bool take_definition(struct snapshot *snap, const char *uuid,
			    const struct text *text, struct complaint *complaint)
{
	struct matrix parsed = { 0 }, *matrix;

	if (!definition_parse(text_str(text), text->len, &parsed, complaint))
		return false;
	matrix = snapshot_matrix(snap, uuid);
	matrix->defined = true;
	matrix->start = parsed.start;
	matrix->definition = parsed.definition;
	matrix->definition_odd = parsed.definition_odd;
	return true;
}

/* A name without a matrix, active or defined, is a leftover and shows nowhere. */
static bool take_name(struct snapshot *snap, const char *uuid,
		      const struct text *text, struct complaint *complaint)
{
	struct matrix parsed = { 0 }, *matrix = snapshot_find(snap, uuid);

	if (!matrix || matrix->name || matrix->owner || matrix->comment)
		return true;
	if (!sidecar_parse(text_str(text), text->len, &parsed, complaint))
		return false;
	matrix->name = parsed.name;
	matrix->owner = parsed.owner;
	matrix->comment = parsed.comment;
	return true;
}

static bool take_run_name(struct snapshot *snap, const char *uuid,
			  const struct text *text, struct complaint *complaint)
{
	struct matrix *matrix = snapshot_find(snap, uuid);
	bool taken = take_name(snap, uuid, text, complaint);

	if (matrix && taken)
		matrix->transient_name = true;
	return taken;
}

void read_definitions(struct sysfs *fs, struct snapshot *snap,
		      struct problems *warnings)
{
	read_directory(fs, snap, DEFINITIONS_DIR, "", take_definition, warnings);
	read_directory(fs, snap, NAMES_RUN_DIR, ".json", take_run_name, warnings);
	read_directory(fs, snap, NAMES_DIR, ".json", take_name, warnings);
}
