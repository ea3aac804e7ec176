// SPDX-License-Identifier: GPL-2.0-only
/* Pure: definitions as mdevctl prints them. See import-file.h. */
#include "format/definition.h"
#include "format/import-file.h"
#include "format/json-read.h"

#define PARENT		"matrix"

struct importer {
	struct snapshot *into;
	size_t others;
};

static bool take_matrix(struct jsonr *reader, struct snapshot *into,
			const char *uuid, const json_t *json)
{
	struct complaint inner = { 0 };
	struct matrix *matrix;

	if (!json_is_object(json))
		return jsonr_fail(reader, "not an object");
	if (snapshot_find(into, uuid))
		return jsonr_fail_key(reader, NULL,
				      "duplicate UUID %s", uuid);
	matrix = snapshot_matrix(into, uuid);
	if (!definition_take(json, matrix, &inner))
		return jsonr_fail_as(reader, &inner);
	if (!json_is_array(json_object_get(json, "attrs")))
		return jsonr_fail(reader, "\"attrs\" is missing or not an array");
	if (matrix->definition_odd)
		return jsonr_fail(reader, "unknown attribute");
	return true;
}

/* "UUID": { ... } */
static bool take_member(struct jsonr *reader, const json_t *json, void *to)
{
	struct importer *importer = to;
	char uuid[UUID_LEN + 1];

	if (!parse_uuid(jsonr_key(reader), uuid))
		return jsonr_fail_key(reader, NULL, "not a UUID");
	return take_matrix(reader, importer->into, uuid, json);
}

static bool take_named(struct jsonr *reader, const json_t *json, void *to)
{
	return jsonr_take_members(reader, json, take_member, to);
}

/* "matrix": [ ... ], or what has another parent */
static bool take_parent(struct jsonr *reader, const json_t *json, void *to)
{
	struct importer *importer = to;

	if (str_is(jsonr_key(reader), PARENT))
		return jsonr_take_items(reader, json, take_named, importer);
	if (!json_is_array(json))
		return jsonr_fail(reader, "not an array");
	importer->others += json_array_size(json);
	return true;
}

static bool take_parents(struct jsonr *reader, const json_t *json, void *to)
{
	return jsonr_take_members(reader, json, take_parent, to);
}

static bool take_one(struct jsonr *reader, struct snapshot *into,
		     const char *uuid, const json_t *json)
{
	if (json_object_get(json, "api_level"))
		return jsonr_fail_hint(reader, "use apmatrix apply",
				       "this is a plan file");
	if (*uuid)
		return take_matrix(reader, into, uuid, json);
	return jsonr_fail_hint(reader,
			       "use -u, or name the file after the UUID",
			       "a single definition without a UUID");
}

bool import_parse(const char *text, size_t len, const char *uuid,
		  struct snapshot *into, size_t *others,
		  struct complaint *complaint)
{
	struct jsonr reader = {
		.text = text, .len = len, .only_places = true,
		.complaint = complaint,
	};
	struct importer importer = { .into = into };
	json_t *json = jsonr_read(&reader);
	bool good;

	if (!json)
		return false;
	good = json_is_object(json) ?
	       take_one(&reader, into, uuid, json) :
	       jsonr_take_items(&reader, json, take_parents, &importer);
	json_decref(json);
	*others += importer.others;
	return good;
}
