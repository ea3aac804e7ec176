// SPDX-License-Identifier: GPL-2.0-only
/* Definitions and sidecars as text. See definition.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/definition.h"
#include "format/json-read.h"

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

/* Returns false if the attribute or its value is unknown. */
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
				     "\"start\" is not \"auto\" or \"manual\"");
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

/* sidecars */

bool sidecar_parse(const char *text, size_t len, struct matrix *matrix,
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
	matrix->owner = label_printable(json_string_value(json_object_get(json, "owner")));
	matrix->comment = label_printable(json_string_value(json_object_get(json, "comment")));
	json_decref(json);
	return true;
}

static void put_word(json_t *json, const char *key, const char *word)
{
	json_object_set_new(json, key, word ? json_string(word) : json_null());
}

char *sidecar_format(const struct target *target)
{
	json_t *json = json_object();

	put_word(json, "name", target->name);
	put_word(json, "owner", target->owner);
	put_word(json, "comment", target->comment);
	return take_text(json);
}
