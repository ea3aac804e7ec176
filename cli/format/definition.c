// SPDX-License-Identifier: GPL-2.0-only
/* Definitions and names on disk. See definition.h. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/definition.h"
#include "format/json-read.h"
#include "lib/kernel-abi.h"

static bool complain_text(struct complaint *complaint, const char *text)
{
	complaint_free(complaint);
	complaint->message = xstrdup(text);
	return false;
}

/* The text of a file that is to hold this. Takes it. */
static char *take_text(json_t *json)
{
	char *dump = json_dumps(json, JSON_INDENT(2));
	char *text = xasprintf("%s\n", dump);

	free(dump);
	json_decref(json);
	return text;
}

/* definitions */

const char *const definition_attrs[APM_DIM_NR] = {
	"assign_adapter", "assign_domain", "assign_control_domain",
};

/* false if the attribute is none of ours, or has no value we understand. */
static bool take_attr(const char *name, const char *value,
		      struct apm_matrix *content)
{
	unsigned long id;
	unsigned int dim;

	if (!value)
		return false;
	if (str_is(name, "ap_config"))
		return !apm_parse_config(value, strlen(value), content);
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (!str_is(name, definition_attrs[dim]))
			continue;
		if (apm_parse_id(value, strlen(value), &id) || id >= APM_MATRIX_IDS)
			return false;
		apm_mask_set(&content->dim[dim], (unsigned int)id);
		return true;
	}
	return false;
}

static void take_attrs(const json_t *attrs, struct matrix *matrix)
{
	const char *name;
	json_t *attr, *value;
	size_t i;

	json_array_foreach(attrs, i, attr) {
		json_object_foreach(attr, name, value) {
			if (!take_attr(name, json_string_value(value),
				       &matrix->definition))
				matrix->definition_odd = true;
		}
	}
}

bool definition_take(const json_t *json, struct matrix *matrix,
		     struct complaint *complaint)
{
	const char *type, *start;
	bool good = true;

	type = json_string_value(json_object_get(json, "mdev_type"));
	start = json_string_value(json_object_get(json, "start"));
	if (!str_is(type, MDEV_TYPE)) {
		good = complain_text(complaint,
				     "\"mdev_type\" is not " MDEV_TYPE);
	} else if (!str_is(start, "auto") && !str_is(start, "manual")) {
		good = complain_text(complaint,
				     "\"start\" is neither \"auto\" nor \"manual\"");
	} else {
		memset(&matrix->definition, 0, sizeof(matrix->definition));
		matrix->definition_odd = false;
		take_attrs(json_object_get(json, "attrs"), matrix);
		matrix->defined = true;
		matrix->start = str_is(start, "auto") ? START_AUTO : START_MANUAL;
	}
	return good;
}

bool definition_parse(const char *text, size_t len, struct matrix *matrix,
		      struct complaint *complaint)
{
	json_t *json = json_read(text, len, complaint);
	bool good;

	if (!json)
		return false;
	good = definition_take(json, matrix, complaint);
	json_decref(json);
	return good;
}

static bool is_ours(const json_t *attr)
{
	const char *name;
	json_t *value;
	unsigned int dim;

	json_object_foreach((json_t *)attr, name, value) {
		if (str_is(name, "ap_config"))
			return true;
		for (dim = 0; dim < APM_DIM_NR; dim++) {
			if (str_is(name, definition_attrs[dim]))
				return true;
		}
	}
	return false;
}

/* The old attributes that are not ours, then ours, one id each. */
static json_t *make_attrs(const json_t *old, const struct apm_matrix *content)
{
	json_t *attrs = json_array(), *attr;
	unsigned int dim, id;
	char value[8];
	size_t i;

	json_array_foreach(old, i, attr) {
		if (!is_ours(attr))
			json_array_append(attrs, attr);
	}
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		apm_mask_for_each(id, &content->dim[dim]) {
			snprintf(value, sizeof(value), "0x%02x", id);
			json_array_append_new(attrs, json_pack("{ss}",
							       definition_attrs[dim],
							       value));
		}
	}
	return attrs;
}

char *definition_format(const struct target *target, const char *old)
{
	json_t *json = old ? json_loads(old, 0, NULL) : NULL;
	json_t *attrs;

	if (!json_is_object(json)) {
		json_decref(json);
		json = json_object();
	}
	attrs = make_attrs(json_object_get(json, "attrs"), &target->definition);
	json_object_set_new(json, "mdev_type", json_string(MDEV_TYPE));
	json_object_set_new(json, "start", json_string(start_word(target->start)));
	json_object_set_new(json, "attrs", attrs);
	return take_text(json);
}

/* names */

static bool parse_sidecar(const char *text, size_t len, struct matrix *matrix,
			  struct complaint *complaint)
{
	json_t *json = json_read(text, len, complaint);
	const char *name;

	if (!json)
		return false;
	name = json_string_value(json_object_get(json, "name"));
	if (name && !parse_name(name, complaint)) {
		json_decref(json);
		return false;
	}
	free(matrix->name);
	free(matrix->owner);
	free(matrix->comment);
	matrix->name = xstrdup(name);
	matrix->owner = xstrdup(json_string_value(json_object_get(json, "owner")));
	matrix->comment = xstrdup(json_string_value(json_object_get(json, "comment")));
	json_decref(json);
	return true;
}

static void put_word(json_t *json, const char *key, const char *word)
{
	json_object_set_new(json, key, word ? json_string(word) : json_null());
}

static char *format_sidecar(const struct target *target)
{
	json_t *json = json_object();

	put_word(json, "name", target->name);
	put_word(json, "owner", target->owner);
	put_word(json, "comment", target->comment);
	return take_text(json);
}

/* directories */

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
	if (!parse_sidecar(text_str(text), text->len, &parsed, complaint))
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

/* staging */

static int stage_definition(struct sysfs *fs, struct staged *staged,
			    const struct target *target)
{
	char *path = xasprintf(DEFINITIONS_DIR "/%s", target->uuid);
	char *full = sysfs_path(fs, path);
	struct text old = { 0 };
	char *content;
	int ret;

	if (target->start == START_NONE) {
		ret = staged_delete(staged, full);
	} else {
		ret = sysfs_read(fs, path, &old);
		content = definition_format(target, ret ? NULL : text_str(&old));
		ret = staged_write(staged, full, content, strlen(content));
		free(content);
	}
	text_free(&old);
	free(full);
	free(path);
	return ret;
}

static int stage_name(struct sysfs *fs, struct staged *staged,
		      const struct target *target)
{
	static const char *const dirs[] = { NAMES_DIR, NAMES_RUN_DIR };
	bool any = target->name || target->owner || target->comment;
	unsigned int i;
	int ret = 0;

	for (i = 0; i < 2 && !ret; i++) {
		char *path = xasprintf("%s/%s.json", dirs[i], target->uuid);
		char *full = sysfs_path(fs, path);

		if (any && (i == 1) == target->transient_name) {
			char *content = format_sidecar(target);

			ret = staged_write(staged, full, content, strlen(content));
			free(content);
		} else {
			ret = staged_delete(staged, full);
		}
		free(full);
		free(path);
	}
	return ret;
}

int stage_target(struct sysfs *fs, struct staged *staged,
		 const struct target *target)
{
	int ret = 0;

	if (target->touch_definition)
		ret = stage_definition(fs, staged, target);
	if (!ret && target->touch_name)
		ret = stage_name(fs, staged, target);
	return ret;
}
