// SPDX-License-Identifier: GPL-2.0-only
/* Pure room: definitions as mdevctl prints them. See import-file.h. */
#include <stdlib.h>

#include "definition.h"
#include "import-file.h"
#include "json-place.h"
#include "text.h"

#define PARENT		"matrix"
#define STEPS_MAX	4

struct importer {
	const char *text;
	size_t len;
	struct json_step steps[STEPS_MAX];
	size_t nr_steps;
	struct snapshot *into;
	size_t others;
	struct complaint *complaint;
};

static void step_item(struct importer *importer, size_t item)
{
	importer->steps[importer->nr_steps++] = (struct json_step){ .item = item };
}

static void step_key(struct importer *importer, const char *key)
{
	importer->steps[importer->nr_steps++] = (struct json_step){ .key = key };
}

/* Takes the strings. Always false. */
static bool fail_at(struct importer *importer, bool of_key, char *message,
		    char *hint)
{
	struct json_place place = json_place(importer->text, importer->len,
					     importer->steps, importer->nr_steps,
					     of_key);

	complaint_free(importer->complaint);
	importer->complaint->message = xasprintf("line %u, column %u: %s",
						 place.line, place.column, message);
	importer->complaint->hint = hint;
	free(message);
	return false;
}

static bool fail(struct importer *importer, const char *message)
{
	return fail_at(importer, false, xstrdup(message), NULL);
}

static bool take_matrix(struct importer *importer, const char *uuid,
			const json_t *json)
{
	struct complaint inner = { 0 };
	struct matrix *matrix;

	if (!json_is_object(json))
		return fail(importer, "this is no object");
	matrix = snapshot_find(importer->into, uuid);
	if (matrix)
		return fail_at(importer, true,
			       xasprintf("%s is here for the second time", uuid),
			       NULL);
	matrix = snapshot_matrix(importer->into, uuid);
	if (!definition_take(json, matrix, &inner))
		return fail_at(importer, false, inner.message, inner.hint);
	if (!json_is_array(json_object_get(json, "attrs")))
		return fail(importer, "\"attrs\" is missing, or no array");
	if (matrix->definition_odd)
		return fail(importer, "an attribute is not understood");
	return true;
}

/* { "UUID": { ... }, ... } */
static bool take_named(struct importer *importer, const json_t *json)
{
	char uuid[UUID_LEN + 1];
	bool good = true;
	const char *key;
	json_t *value;

	if (!json_is_object(json))
		return fail(importer, "this is no object");
	json_object_foreach((json_t *)json, key, value) {
		step_key(importer, key);
		good = parse_uuid(key, uuid) ?
		       take_matrix(importer, uuid, value) :
		       fail_at(importer, true, xstrdup("this is not a uuid"), NULL);
		importer->nr_steps--;
		if (!good)
			break;
	}
	return good;
}

/* "matrix": [ ... ], and what has other parents */
static bool take_parents(struct importer *importer, const json_t *json)
{
	const json_t *item;
	bool good = true;
	const char *key;
	json_t *value;
	size_t i;

	if (!json_is_object(json))
		return fail(importer, "this is no object");
	json_object_foreach((json_t *)json, key, value) {
		step_key(importer, key);
		if (!json_is_array(value))
			good = fail(importer, "this is no array");
		else if (!str_is(key, PARENT))
			importer->others += json_array_size(value);
		json_array_foreach(value, i, item) {
			if (!good || !str_is(key, PARENT))
				break;
			step_item(importer, i);
			good = take_named(importer, item);
			importer->nr_steps--;
		}
		importer->nr_steps--;
		if (!good)
			break;
	}
	return good;
}

static bool take_one(struct importer *importer, const char *uuid,
		     const json_t *json)
{
	if (json_object_get(json, "api_level"))
		return fail_at(importer, false, xstrdup("this is a plan"),
			       xstrdup("apmatrix apply takes it"));
	if (*uuid)
		return take_matrix(importer, uuid, json);
	return fail_at(importer, false,
		       xstrdup("this is one matrix, and does not say which"),
		       xstrdup("name its uuid with -u, or name the file so"));
}

bool import_parse(const char *text, size_t len, const char *uuid,
		  struct snapshot *into, size_t *others,
		  struct complaint *complaint)
{
	struct importer importer = {
		.text = text, .len = len, .into = into, .complaint = complaint,
	};
	json_error_t error;
	const json_t *item;
	bool good = true;
	json_t *json;
	size_t i;

	json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	if (!json)
		return complain_json(complaint, &error);
	if (json_is_object(json))
		good = take_one(&importer, uuid, json);
	json_array_foreach(json, i, item) {
		step_item(&importer, i);
		good = take_parents(&importer, item);
		importer.nr_steps--;
		if (!good)
			break;
	}
	json_decref(json);
	*others += importer.others;
	return good;
}
