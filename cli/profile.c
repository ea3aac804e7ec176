// SPDX-License-Identifier: GPL-2.0-only
/* Pure room: another host's profile. See profile.h. */
#include <stdlib.h>
#include <string.h>

#include "json-place.h"
#include "plan.h"
#include "profile.h"
#include "text.h"

#define STEPS_MAX	8
#define API_LEVEL	1

struct reader {
	const char *text;
	size_t len;
	struct json_step steps[STEPS_MAX];
	size_t nr_steps;
	struct complaint *complaint;
};

/* Always false. */
static bool fail(struct reader *reader, const char *what, const char *hint)
{
	struct json_place place = json_place(reader->text, reader->len,
					     reader->steps, reader->nr_steps,
					     false);
	struct text name = { 0 };

	json_place_name(&name, reader->steps, reader->nr_steps);
	complaint_free(reader->complaint);
	reader->complaint->message = xasprintf("line %u, column %u: %s%s%s",
					       place.line, place.column,
					       text_str(&name),
					       name.len ? ": " : "", what);
	reader->complaint->hint = xstrdup(hint);
	text_free(&name);
	return false;
}

typedef bool (*take_fn)(struct reader *reader, const json_t *value, void *to);

/* The value of a key that must be there. */
static bool take(struct reader *reader, const json_t *object, const char *key,
		 take_fn take_value, void *to)
{
	const json_t *value = json_object_get(object, key);
	char *missing;
	bool good;

	if (!value) {
		missing = xasprintf("\"%s\" is missing", key);
		fail(reader, missing, "apmatrix host --json writes a profile");
		free(missing);
		return false;
	}
	reader->steps[reader->nr_steps++] = (struct json_step){ .key = key };
	good = take_value(reader, value, to);
	reader->nr_steps--;
	return good;
}

static bool take_bool(struct reader *reader, const json_t *value, void *to)
{
	if (!json_is_boolean(value))
		return fail(reader, "this is neither true nor false", NULL);
	*(bool *)to = json_is_true(value);
	return true;
}

/* -1: null */
static bool take_flag(struct reader *reader, const json_t *value, void *to)
{
	if (!json_is_boolean(value) && !json_is_null(value))
		return fail(reader, "this is neither true nor false nor null",
			    NULL);
	*(int *)to = json_is_null(value) ? -1 : json_is_true(value);
	return true;
}

static bool take_id(struct reader *reader, const json_t *value, void *to)
{
	json_int_t id = json_integer_value(value);

	if (!json_is_integer(value) || id < 0 || id >= (json_int_t)AP_MATRIX_IDS)
		return fail(reader, "this is no number from 0 to 255", NULL);
	*(unsigned int *)to = (unsigned int)id;
	return true;
}

static bool take_items(struct reader *reader, const json_t *array,
		       take_fn take_item, void *to)
{
	const json_t *item;
	bool good = true;
	size_t i;

	if (!json_is_array(array))
		return fail(reader, "this is no array", NULL);
	json_array_foreach(array, i, item) {
		reader->steps[reader->nr_steps++] =
			(struct json_step){ .item = i };
		good = take_item(reader, item, to);
		reader->nr_steps--;
		if (!good)
			break;
	}
	return good;
}

static bool take_mask_id(struct reader *reader, const json_t *value, void *to)
{
	unsigned int id = 0;

	if (!take_id(reader, value, &id))
		return false;
	ap_mask_set(to, id);
	return true;
}

static bool take_ids(struct reader *reader, const json_t *value, void *to)
{
	return take_items(reader, value, take_mask_id, to);
}

/* null: the host did not tell; then there are no masks at all */
static bool take_perm(struct reader *reader, const json_t *value, void *to)
{
	const char *text = json_string_value(value);

	if (json_is_null(value))
		return true;
	if (!text || strlen(text) != AP_MASK_TEXT_LEN ||
	    ap_parse_mask(text, strlen(text), to))
		return fail(reader, "this is no mask of 256 bits", NULL);
	return true;
}

static bool take_string(struct reader *reader, const json_t *value, void *to)
{
	char **string = to;

	if (!json_is_string(value) && !json_is_null(value))
		return fail(reader, "this is neither a string nor null", NULL);
	free(*string);
	*string = xstrdup(json_string_value(value));
	return true;
}

static bool take_hwtype(struct reader *reader, const json_t *value, void *to)
{
	unsigned int type = 0;

	if (!json_is_null(value) && !take_id(reader, value, &type))
		return false;
	*(int *)to = (int)type;
	return true;
}

static bool take_functions(struct reader *reader, const json_t *value, void *to)
{
	const char *text = json_string_value(value);
	unsigned long functions;
	char *end;

	if (!text || strncmp(text, "0x", 2) || strlen(text) != 10)
		return fail(reader, "this is not 0x and eight digits", NULL);
	functions = strtoul(text + 2, &end, 16);
	if (*end)
		return fail(reader, "this is not 0x and eight digits", NULL);
	*(unsigned long *)to = functions;
	return true;
}

static bool take_card(struct reader *reader, const json_t *value, void *to)
{
	struct snapshot *snap = to;
	struct card *card;
	unsigned int apid = 0;

	if (!take(reader, value, "adapter", take_id, &apid))
		return false;
	card = &snap->cards[apid];
	card->present = true;
	return take(reader, value, "type", take_string, &card->type) &&
	       take(reader, value, "hwtype", take_hwtype, &card->hwtype) &&
	       take(reader, value, "functions", take_functions,
		    &card->functions) &&
	       take(reader, value, "config", take_flag, &card->config) &&
	       take(reader, value, "chkstop", take_flag, &card->chkstop);
}

static bool take_cards(struct reader *reader, const json_t *value, void *to)
{
	return take_items(reader, value, take_card, to);
}

static bool take_host(struct reader *reader, const json_t *value, void *to)
{
	struct snapshot *snap = to;
	struct host *host = &snap->host;
	struct ap_limits *limits = &host->limits;
	char *regime = NULL;
	unsigned int dim;
	bool good = true;

	if (json_is_null(value))
		return fail(reader, "this is the output of another command",
			    "apmatrix host --json writes a profile");
	for (dim = 0; dim < AP_DIM_NR && good; dim++)
		good = take(reader, value, dim_key(dim), take_ids,
			    &host->config.dim[dim]);
	good = good && take(reader, value, "ap_bus", take_bool, &host->bus) &&
	       take(reader, value, "module", take_bool, &host->module) &&
	       take(reader, value, "max_adapter", take_id,
		    &limits->max[AP_DIM_ADAPTER]) &&
	       take(reader, value, "max_domain", take_id,
		    &limits->max[AP_DIM_DOMAIN]) &&
	       take(reader, value, "regime", take_string, &regime) &&
	       take(reader, value, "apmask", take_perm, &host->apmask) &&
	       take(reader, value, "aqmask", take_perm, &host->aqmask) &&
	       take(reader, value, "features", take_string,
		    &host->features.text) &&
	       take(reader, value, "cards", take_cards, snap);
	host->perm_known = regime;
	/* how many they are, a profile does not say */
	host->overrides = str_is(regime, "overrides");
	free(regime);
	return good;
}

static bool take_level(struct reader *reader, const json_t *value, void *to)
{
	(void)to;
	return (json_is_integer(value) && json_integer_value(value) == API_LEVEL) ||
	       fail(reader, "this program knows api_level 1 only", NULL);
}

static bool take_meta(struct reader *reader, const json_t *value, void *to)
{
	return take(reader, value, "api_level", take_level, to);
}

bool profile_parse(const char *text, size_t len, struct snapshot *snap,
		   struct complaint *complaint)
{
	struct reader reader = {
		.text = text, .len = len, .complaint = complaint,
	};
	json_error_t error;
	json_t *json;
	bool good;

	json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	if (!json)
		return complain_json(complaint, &error);
	good = take(&reader, json, "meta", take_meta, NULL) &&
	       take(&reader, json, "host", take_host, snap);
	snap->cards_known = good;
	json_decref(json);
	return good;
}
