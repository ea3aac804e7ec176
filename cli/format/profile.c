// SPDX-License-Identifier: GPL-2.0-only
/* Pure: another host's profile. See profile.h. */
#include <stdlib.h>
#include <string.h>

#include "core/phrase.h"
#include "format/json-read.h"
#include "format/profile.h"


/* The value of a key that must be there. */
static bool take(struct jsonr *reader, const json_t *object, const char *key,
		 jsonr_take_fn take_value, void *to)
{
	const json_t *value = json_object_get(object, key);
	bool good;

	if (!value)
		return jsonr_fail_hint(reader,
				       "apmatrix host --json writes a profile",
				       "\"%s\" is missing", key);
	jsonr_enter(reader, key);
	good = take_value(reader, value, to);
	jsonr_leave(reader);
	return good;
}

/* -1: null */
static bool take_flag(struct jsonr *reader, const json_t *value, void *to)
{
	if (!json_is_boolean(value) && !json_is_null(value))
		return jsonr_fail(reader, "not true, false or null");
	*(int *)to = json_is_null(value) ? -1 : json_is_true(value);
	return true;
}

static bool take_id(struct jsonr *reader, const json_t *value, void *to)
{
	json_int_t id = json_integer_value(value);

	if (!json_is_integer(value) || id < 0 || id >= (json_int_t)APM_MATRIX_IDS)
		return jsonr_fail(reader, "not a number from 0 to 255");
	*(unsigned int *)to = (unsigned int)id;
	return true;
}

static bool take_mask_id(struct jsonr *reader, const json_t *value, void *to)
{
	unsigned int id = 0;

	if (!take_id(reader, value, &id))
		return false;
	apm_mask_set(to, id);
	return true;
}

static bool take_ids(struct jsonr *reader, const json_t *value, void *to)
{
	return jsonr_take_items(reader, value, take_mask_id, to);
}

/* null: unknown; then there are no masks */
static bool take_perm(struct jsonr *reader, const json_t *value, void *to)
{
	const char *text = json_string_value(value);

	if (json_is_null(value))
		return true;
	if (!text || strlen(text) != APM_MASK_TEXT_LEN ||
	    apm_parse_mask(text, strlen(text), to))
		return jsonr_fail(reader, "not a mask of 256 bits");
	return true;
}

static bool take_string(struct jsonr *reader, const json_t *value, void *to)
{
	char **string = to;

	if (!json_is_string(value) && !json_is_null(value))
		return jsonr_fail(reader, "not a string or null");
	free(*string);
	*string = xstrdup(json_string_value(value));
	return true;
}

static bool take_hwtype(struct jsonr *reader, const json_t *value, void *to)
{
	unsigned int type = 0;

	if (!json_is_null(value) && !take_id(reader, value, &type))
		return false;
	*(int *)to = (int)type;
	return true;
}

static bool take_functions(struct jsonr *reader, const json_t *value, void *to)
{
	const char *text = json_string_value(value);
	unsigned long functions;
	char *end;

	if (!text || strncmp(text, "0x", 2) || strlen(text) != 10)
		return jsonr_fail(reader, "not 0x and eight hexadecimal digits");
	functions = strtoul(text + 2, &end, 16);
	if (*end)
		return jsonr_fail(reader, "not 0x and eight hexadecimal digits");
	*(unsigned long *)to = functions;
	return true;
}

static bool take_card(struct jsonr *reader, const json_t *value, void *to)
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

static bool take_cards(struct jsonr *reader, const json_t *value, void *to)
{
	return jsonr_take_items(reader, value, take_card, to);
}

static bool take_host(struct jsonr *reader, const json_t *value, void *to)
{
	struct snapshot *snap = to;
	struct host *host = &snap->host;
	struct apm_limits *limits = &host->limits;
	char *regime = NULL;
	unsigned int dim;
	bool good = true;

	if (json_is_null(value))
		return jsonr_fail_hint(reader,
				       "apmatrix host --json writes a profile",
				       "output of another command");
	for (dim = 0; dim < APM_DIM_NR && good; dim++)
		good = take(reader, value, dim_key(dim), take_ids,
			    &host->config.dim[dim]);
	good = good && take(reader, value, "ap_bus", jsonr_take_bool, &host->bus) &&
	       take(reader, value, "module", jsonr_take_bool, &host->module) &&
	       take(reader, value, "max_adapter", take_id,
		    &limits->max[APM_DIM_ADAPTER]) &&
	       take(reader, value, "max_domain", take_id,
		    &limits->max[APM_DIM_DOMAIN]) &&
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

static bool take_meta(struct jsonr *reader, const json_t *value, void *to)
{
	return take(reader, value, "api_level", jsonr_take_api_level, to);
}

bool profile_parse(const char *text, size_t len, struct snapshot *snap,
		   struct complaint *complaint)
{
	struct jsonr reader = {
		.text = text, .len = len, .complaint = complaint,
	};
	json_t *json = jsonr_read(&reader);
	bool good;

	if (!json)
		return false;
	good = take(&reader, json, "meta", take_meta, NULL) &&
	       take(&reader, json, "host", take_host, snap);
	snap->cards_known = good;
	json_decref(json);
	return good;
}
