// SPDX-License-Identifier: GPL-2.0-only
/* Pure: JSON in, with places. See json-read.h. */
#include <stdlib.h>

#include "format/json-read.h"
#include "lib/program.h"

/* Always NULL. */
static json_t *complain(struct complaint *complaint, const json_error_t *error)
{
	char *at;

	complaint_free(complaint);
	complaint->message = xasprintf("line %d, column %d: %s", error->line,
				       error->column, error->text);
	/* it quotes the text, which may have terminal escapes */
	for (at = complaint->message; *at; at++) {
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			*at = '?';
	}
	return NULL;
}

json_t *json_read(const char *text, size_t len, struct complaint *complaint)
{
	json_error_t error;
	json_t *json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);

	return json ? json : complain(complaint, &error);
}

json_t *jsonr_read(struct jsonr *reader)
{
	return json_read(reader->text, reader->len, reader->complaint);
}

void jsonr_enter(struct jsonr *reader, const char *key)
{
	reader->steps[reader->nr_steps++] = (struct json_step){ .key = key };
}

void jsonr_enter_item(struct jsonr *reader, size_t item)
{
	reader->steps[reader->nr_steps++] = (struct json_step){ .item = item };
}

void jsonr_leave(struct jsonr *reader)
{
	reader->nr_steps--;
}

const char *jsonr_key(const struct jsonr *reader)
{
	return reader->steps[reader->nr_steps - 1].key;
}

static __attribute__((format(printf, 4, 0)))
bool fail_at(struct jsonr *reader, bool of_key, const char *hint,
	     const char *format, va_list args)
{
	struct json_place place = json_place(reader->text, reader->len,
					     reader->steps, reader->nr_steps,
					     of_key);
	struct text message = { 0 };
	size_t before;

	text_addf(&message, "line %u, column %u: ", place.line, place.column);
	before = message.len;
	if (!reader->only_places)
		json_place_name(&message, reader->steps, reader->nr_steps);
	if (message.len > before)
		text_add(&message, ": ");
	text_vaddf(&message, format, args);
	complaint_free(reader->complaint);
	reader->complaint->message = text_steal(&message);
	reader->complaint->hint = xstrdup(hint);
	return false;
}

bool jsonr_fail(struct jsonr *reader, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fail_at(reader, false, NULL, format, args);
	va_end(args);
	return false;
}

bool jsonr_fail_hint(struct jsonr *reader, const char *hint,
		     const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fail_at(reader, false, hint, format, args);
	va_end(args);
	return false;
}

bool jsonr_fail_key(struct jsonr *reader, const char *hint,
		    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fail_at(reader, true, hint, format, args);
	va_end(args);
	return false;
}

bool jsonr_fail_as(struct jsonr *reader, struct complaint *inner)
{
	jsonr_fail_hint(reader, inner->hint, "%s", inner->message);
	complaint_free(inner);
	return false;
}

bool jsonr_take_items(struct jsonr *reader, const json_t *array,
		      jsonr_take_fn take_item, void *to)
{
	const json_t *item;
	bool good = true;
	size_t i;

	if (!json_is_array(array))
		return jsonr_fail(reader, "not an array");
	json_array_foreach(array, i, item) {
		jsonr_enter_item(reader, i);
		good = take_item(reader, item, to);
		jsonr_leave(reader);
		if (!good)
			break;
	}
	return good;
}

bool jsonr_take_members(struct jsonr *reader, const json_t *object,
			jsonr_take_fn take_member, void *to)
{
	const char *key;
	json_t *value;
	bool good = true;

	if (!json_is_object(object))
		return jsonr_fail(reader, "not an object");
	json_object_foreach((json_t *)object, key, value) {
		jsonr_enter(reader, key);
		good = take_member(reader, value, to);
		jsonr_leave(reader);
		if (!good)
			break;
	}
	return good;
}

bool jsonr_take_bool(struct jsonr *reader, const json_t *value, void *to)
{
	if (!json_is_boolean(value))
		return jsonr_fail(reader, "not true or false");
	*(bool *)to = json_is_true(value);
	return true;
}

bool jsonr_take_api_level(struct jsonr *reader, const json_t *value, void *to)
{
	(void)to;
	return (json_is_integer(value) &&
		json_integer_value(value) == APMATRIX_API_LEVEL) ||
	       jsonr_fail(reader, "unsupported api_level; this program supports "
				  API_LEVEL_TEXT);
}
