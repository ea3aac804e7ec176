// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pure: a plan file into values. See plan-file.h. Each object is a table
 * of its keys; errors name the place of the value.
 */
#include <stdlib.h>
#include <string.h>

#include "core/phrase.h"
#include "format/json-read.h"
#include "format/plan-file.h"
#include "lib/program.h"


/* What is being filled in. */
struct slot {
	struct plan_file *file;
	struct wanted_matrix *matrix;
};

struct field {
	const char *key;
	bool (*take)(struct jsonr *reader, const json_t *value,
		     const struct slot *slot);
};

static bool unknown_key(struct jsonr *reader, const struct field *fields)
{
	struct text known = { 0 };

	for (; fields->key; fields++)
		text_addf(&known, "%s%s", known.len ? ", " : "known keys: ",
			  fields->key);
	jsonr_fail_key(reader, text_str(&known), "unknown key");
	text_free(&known);
	return false;
}

/* An object, its slot, and where its keys are looked for. */
struct object {
	const struct field *fields;
	const struct slot *slot;
};

static bool take_field(struct jsonr *reader, const json_t *value, void *to)
{
	const struct object *object = to;
	const struct field *field;

	for (field = object->fields; field->key; field++) {
		if (str_is(field->key, jsonr_key(reader)))
			return field->take(reader, value, object->slot);
	}
	return unknown_key(reader, object->fields);
}

static bool take_object(struct jsonr *reader, const json_t *value,
			const struct field *fields, const struct slot *slot)
{
	struct object object = { .fields = fields, .slot = slot };

	return jsonr_take_members(reader, value, take_field, &object);
}

/* ids */

static unsigned int dim_of(const char *key)
{
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR - 1 && !str_is(dim_key(dim), key);)
		dim++;
	return dim;
}

struct id_list {
	enum apm_dim dim;
	struct apm_mask mask;
};

static bool take_id(struct jsonr *reader, const json_t *item, void *ctx)
{
	struct id_list *list = ctx;
	struct complaint inner = { 0 };
	struct ids ids = { 0 };
	json_int_t id;

	if (json_is_string(item)) {
		if (!parse_ids(json_string_value(item), IDS_SET,
			       dim_word(list->dim), &ids, &inner))
			return jsonr_fail_as(reader, &inner);
		if (ids.all)
			return jsonr_fail(reader, "\"all\" is not accepted in a list");
		apm_mask_or(&list->mask, &list->mask, &ids.set);
		return true;
	}
	if (!json_is_integer(item))
		return jsonr_fail(reader,
				  "not a number and not a string "
				  "such as \"5-7\" or \"0xab\"");
	id = json_integer_value(item);
	if (id < 0 || id >= (json_int_t)APM_MATRIX_IDS)
		return jsonr_fail(reader,
				  "%s %" JSON_INTEGER_FORMAT " is not between 0 and 255",
				  dim_word(list->dim), id);
	apm_mask_set(&list->mask, (unsigned int)id);
	return true;
}

static bool take_ids(struct jsonr *reader, const json_t *value,
		     enum apm_dim dim, struct ids *ids)
{
	struct id_list list = { .dim = dim };
	struct complaint inner = { 0 };

	if (json_is_string(value)) {
		if (!parse_ids(json_string_value(value), IDS_SET_NONE,
			       dim_word(dim), ids, &inner))
			return jsonr_fail_as(reader, &inner);
		return true;
	}
	if (!jsonr_take_items(reader, value, take_id, &list))
		return false;
	*ids = (struct ids){ .given = true, .set = list.mask };
	return true;
}

/* matrices */

static bool take_matrix_ids(struct jsonr *reader, const json_t *value,
			    const struct slot *slot)
{
	enum apm_dim dim = dim_of(jsonr_key(reader));

	if (dim == APM_DIM_CONTROL_DOMAIN &&
	    str_is(json_string_value(value), "same")) {
		slot->matrix->control_same = true;
		return true;
	}
	return take_ids(reader, value, dim, &slot->matrix->ids[dim]);
}

static bool take_word(struct jsonr *reader, const json_t *value,
		      const struct slot *slot)
{
	const char *key = jsonr_key(reader);
	struct wanted_word *word = str_is(key, "name") ? &slot->matrix->name :
				   str_is(key, "owner") ? &slot->matrix->owner :
				   &slot->matrix->comment;
	struct complaint inner = { 0 };

	word->given = true;
	if (json_is_null(value))
		return true;
	if (!json_is_string(value))
		return jsonr_fail(reader, "not a string or null");
	if (str_is(key, "name") &&
	    !parse_name(json_string_value(value), &inner))
		return jsonr_fail_as(reader, &inner);
	if (!str_is(key, "name") && !parse_label(json_string_value(value), key, &inner))
		return jsonr_fail_as(reader, &inner);
	word->word = xstrdup(json_string_value(value));
	return true;
}

static bool take_uuid(struct jsonr *reader, const json_t *value,
		      const struct slot *slot)
{
	if (json_is_null(value))
		return true;
	if (json_is_string(value) &&
	    parse_uuid(json_string_value(value), slot->matrix->uuid))
		return true;
	return jsonr_fail_hint(reader,
			       "a UUID looks like 62177883-f1bb-47f0-914d-32a22e3a8804; "
			       "null derives one from the name, the same on every host",
			       "not a UUID");
}

static bool take_start(struct jsonr *reader, const json_t *value,
		       const struct slot *slot)
{
	const char *word = json_string_value(value);

	slot->matrix->start_given = true;
	slot->matrix->start = str_is(word, "auto") ? START_AUTO :
			      str_is(word, "manual") ? START_MANUAL : START_NONE;
	if (slot->matrix->start != START_NONE || json_is_null(value))
		return true;
	return jsonr_fail(reader,
			  "not \"auto\", \"manual\" or null (no definition)");
}

static bool take_active(struct jsonr *reader, const json_t *value,
			const struct slot *slot)
{
	return jsonr_take_bool(reader, value, &slot->matrix->active);
}

static const struct field matrix_fields[] = {
	{ "name", take_word },
	{ "uuid", take_uuid },
	{ "owner", take_word },
	{ "comment", take_word },
	{ "active", take_active },
	{ "start", take_start },
	{ "adapters", take_matrix_ids },
	{ "domains", take_matrix_ids },
	{ "control_domains", take_matrix_ids },
	{ NULL, NULL }
};

/* The earlier entry that it conflicts with. */
static bool check_alike(struct jsonr *reader, const struct plan_file *file)
{
	const struct wanted_matrix *last = &file->matrices[file->nr_matrices - 1];
	size_t i;

	for (i = 0; i + 1 < file->nr_matrices; i++) {
		const struct wanted_matrix *other = &file->matrices[i];

		if (str_is(last->name.word, other->name.word))
			return jsonr_fail(reader,
					  "\"%s\" is also the name of matrices[%zu]",
					  last->name.word, i);
		if (*last->uuid && str_is(last->uuid, other->uuid))
			return jsonr_fail(reader,
					  "%s is also the UUID of matrices[%zu]",
					  last->uuid, i);
	}
	return true;
}

static bool take_matrix(struct jsonr *reader, const json_t *item, void *ctx)
{
	struct plan_file *file = ctx;
	struct wanted_matrix *matrix;
	struct slot slot = { .file = file };

	file->matrices = xrealloc(file->matrices, file->nr_matrices + 1,
				  sizeof(*file->matrices));
	matrix = &file->matrices[file->nr_matrices++];
	*matrix = (struct wanted_matrix){ .active = true };
	slot.matrix = matrix;
	if (!take_object(reader, item, matrix_fields, &slot))
		return false;
	if (!matrix->name.word && !*matrix->uuid)
		return jsonr_fail(reader, "a matrix needs a name or a UUID");
	if (!matrix->active && matrix->start_given && matrix->start == START_NONE)
		return jsonr_fail_hint(reader,
				       "omit it, and use apply --prune",
				       "neither active nor defined");
	return check_alike(reader, file);
}

/* pool */

/* IDs, from the whole range, into the mask of the dimension that the key names. */
static bool take_mask(struct jsonr *reader, const json_t *value,
		      struct apm_mask *adapters, struct apm_mask *domains)
{
	enum apm_dim dim = dim_of(jsonr_key(reader));
	static const struct apm_mask none;
	struct ids ids = { 0 };
	struct apm_mask all;

	if (!take_ids(reader, value, dim, &ids))
		return false;
	memset(&all, 0xff, sizeof(all));
	ids_apply(&ids, &none, &all, dim == APM_DIM_ADAPTER ? adapters : domains);
	return true;
}

static bool take_pool_ids(struct jsonr *reader, const json_t *value,
			  const struct slot *slot)
{
	struct wanted_pool *pool = slot->file->pool;

	return take_mask(reader, value, &pool->adapters, &pool->domains);
}

static bool take_queue(struct jsonr *reader, const json_t *item, void *ctx)
{
	struct wanted_pool *pool = ctx;
	struct complaint inner = { 0 };
	unsigned int apid, apqi;

	if (!json_is_string(item))
		return jsonr_fail(reader, "not a string such as \"05.00ab\"");
	if (!parse_apqn(json_string_value(item), &apid, &apqi, &inner))
		return jsonr_fail_as(reader, &inner);
	apm_mask_set(&pool->queues[apid], apqi);
	return true;
}

static bool take_queues(struct jsonr *reader, const json_t *value,
			const struct slot *slot)
{
	return jsonr_take_items(reader, value, take_queue, slot->file->pool);
}

static bool take_method(struct jsonr *reader, const json_t *value,
			const struct slot *slot)
{
	static const char *const words[] = {
		[POOL_AUTO] = "auto", [POOL_MASKS] = "masks",
		[POOL_OVERRIDE] = "override",
	};
	unsigned int i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!str_is(json_string_value(value), words[i]))
			continue;
		slot->file->pool->method = i;
		return true;
	}
	return jsonr_fail(reader, "not \"auto\", \"masks\" or \"override\"");
}

static bool take_allow_extra(struct jsonr *reader, const json_t *value,
			     const struct slot *slot)
{
	return jsonr_take_bool(reader, value, &slot->file->pool->allow_extra);
}

static bool take_persist(struct jsonr *reader, const json_t *value,
			 const struct slot *slot)
{
	return jsonr_take_bool(reader, value, &slot->file->pool->persist);
}

static bool take_boot_ids(struct jsonr *reader, const json_t *value,
			  const struct slot *slot)
{
	struct wanted_pool *pool = slot->file->pool;

	return take_mask(reader, value, &pool->boot_adapters, &pool->boot_domains);
}

static const struct field boot_fields[] = {
	{ "adapters", take_boot_ids },
	{ "domains", take_boot_ids },
	{ NULL, NULL }
};

static bool take_at_boot(struct jsonr *reader, const json_t *value,
			 const struct slot *slot)
{
	slot->file->pool->boot_given = true;
	slot->file->pool->boot_rule = !json_is_null(value);
	return json_is_null(value) || take_object(reader, value, boot_fields, slot);
}

static const struct field pool_fields[] = {
	{ "adapters", take_pool_ids },
	{ "domains", take_pool_ids },
	{ "queues", take_queues },
	{ "method", take_method },
	{ "allow_extra", take_allow_extra },
	{ "persist", take_persist },
	{ "at_boot", take_at_boot },
	{ NULL, NULL }
};

/* the whole */

static bool take_level(struct jsonr *reader, const json_t *value,
		       const struct slot *slot)
{
	(void)slot;
	return jsonr_take_api_level(reader, value, NULL);
}

static bool take_pool(struct jsonr *reader, const json_t *value,
		      const struct slot *slot)
{
	if (json_is_null(value))
		return true;
	slot->file->pool = xnew(struct wanted_pool);
	return take_object(reader, value, pool_fields, slot);
}

static bool take_matrices(struct jsonr *reader, const json_t *value,
			  const struct slot *slot)
{
	slot->file->matrices_given = true;
	return jsonr_take_items(reader, value, take_matrix, slot->file);
}

/* What a host should be: at the top level, or one of several under a name. */
static const struct field host_fields[] = {
	{ "pool", take_pool },
	{ "matrices", take_matrices },
	{ NULL, NULL }
};

/* All of them are checked, and the selected one is kept. */
static bool take_configuration(struct jsonr *reader, const json_t *value, void *ctx)
{
	struct plan_file *file = ctx;
	struct plan_file other = { 0 };
	struct complaint inner = { 0 };
	const char *name = jsonr_key(reader);
	struct slot slot = { .file = str_is(name, file->selected) ? file : &other };
	bool good;

	if (!parse_name(name, &inner))
		return jsonr_fail_as(reader, &inner);
	names_add(&file->configurations, name);
	good = take_object(reader, value, host_fields, &slot);
	plan_file_free(&other);
	return good;
}

static bool take_configurations(struct jsonr *reader, const json_t *value,
				const struct slot *slot)
{
	return jsonr_take_members(reader, value, take_configuration, slot->file);
}

static bool take_default(struct jsonr *reader, const json_t *value,
			 const struct slot *slot)
{
	(void)slot;
	/* plan_file_parse() has taken it: it decides what is kept */
	return json_is_string(value) || jsonr_fail(reader, "not a string");
}

static const struct field plan_fields[] = {
	{ "api_level", take_level },
	{ "pool", take_pool },
	{ "matrices", take_matrices },
	{ "configurations", take_configurations },
	{ "default", take_default },
	{ NULL, NULL }
};

/* Is there the configuration that was selected, and nothing that contradicts it? */
static bool check_selected(struct jsonr *reader, const json_t *json,
			   const struct plan_file *file)
{
	struct text known = { 0 };
	bool found;

	if (!json_object_get(json, "configurations")) {
		if (!file->selected)
			return true;
		return jsonr_fail(reader, "no configuration \"%s\": "
				  "the file has no \"configurations\"", file->selected);
	}
	if (json_object_get(json, "pool") || json_object_get(json, "matrices"))
		return jsonr_fail(reader, "\"configurations\" excludes \"pool\" and "
				  "\"matrices\" beside it");
	names_join(&file->configurations, file->configurations.nr, &known);
	found = names_has(&file->configurations, file->selected);
	if (!found && file->selected)
		jsonr_fail_hint(reader, text_str(&known), "no configuration \"%s\"",
				file->selected);
	else if (!found)
		jsonr_fail_hint(reader, text_str(&known),
				"several configurations and no \"default\": select one");
	text_free(&known);
	return found;
}

bool plan_file_parse(const char *text, size_t len, const char *selected,
		     struct plan_file *file, struct complaint *complaint)
{
	const char *standard;
	struct jsonr reader = {
		.text = text, .len = len, .complaint = complaint,
	};
	const struct slot slot = { .file = file };
	json_t *json;
	bool good;

	*file = (struct plan_file){ 0 };
	json = jsonr_read(&reader);
	if (!json)
		return false;
	standard = json_string_value(json_object_get(json, "default"));
	if (selected || standard)
		file->selected = xstrdup(selected ? selected : standard);
	good = take_object(&reader, json, plan_fields, &slot);
	if (good && !json_object_get(json, "api_level"))
		good = jsonr_fail_hint(&reader,
				       "this program supports \"api_level\": " API_LEVEL_TEXT,
				       "\"api_level\" is missing");
	good = good && check_selected(&reader, json, file);
	json_decref(json);
	if (!good)
		plan_file_free(file);
	return good;
}

